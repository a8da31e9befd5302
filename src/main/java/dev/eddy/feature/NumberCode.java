package dev.eddy.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.definition.Feature;
import dev.eddy.definition.MinimumDeviation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A number: one cell for its value, one for each number that the context makes of it, and one that
 * says that it is missing if that ever happened in training.
 *
 * <p>What the context does not know yet is written as 0, its median, with no indicator: otherwise
 * each new entity would look strange in all features at once.
 */
final class NumberCode implements FeatureCode {
  /** More decimals than this are taken for noise of binary fractions. */
  private static final int MOST_DECIMALS = 6;

  private final Feature feature;
  private final int number;
  private final Scale scale;
  private final int decimals;
  private final boolean missing;
  private final int[] contextPlaces;
  private final List<ContextColumn> contextColumns;
  private final Scale[] contextScales;

  private NumberCode(
      Feature feature,
      int number,
      Scale scale,
      int decimals,
      boolean missing,
      ContextLayout layout,
      Scale[] contextScales) {
    this.feature = feature;
    this.number = number;
    this.scale = scale;
    this.decimals = decimals;
    this.missing = missing;
    this.contextPlaces = places(layout, number);
    this.contextColumns =
        Arrays.stream(contextPlaces).mapToObj(place -> layout.columns().get(place)).toList();
    this.contextScales = contextScales;
    if (contextScales.length != contextPlaces.length) {
      throw new IllegalArgumentException(
          "encoder: feature %s must have %d context columns, got %d; retrain the model"
              .formatted(feature.name(), contextPlaces.length, contextScales.length));
    }
  }

  static NumberCode fit(
      Feature feature, int number, ContextLayout layout, List<Observation> observations) {
    MinimumDeviation minimum = feature.minimumDeviation();
    double[] values = known(observations, number, -1);
    int decimals = decimals(values);
    boolean missing = values.length < observations.size();
    Scale scale = Scale.fit(values, feature.direction(), minimum::around);
    int[] places = places(layout, number);
    Scale[] contextScales = new Scale[places.length];
    for (int i = 0; i < places.length; i++) {
      // Deviation and level are floored by the context already; a rate is in units of the field.
      boolean rate = layout.columns().get(places[i]).kind() == ContextColumn.Kind.RATE;
      DoubleUnaryOperator floor = rate ? zero -> minimum.around(scale.median()) : zero -> 0;
      contextScales[i] =
          Scale.fit(known(observations, number, places[i]), feature.direction(), floor);
    }
    if (decimals > MOST_DECIMALS) {
      decimals = Math.max(0, (int) Math.ceil(3 - Math.log10(scale.spread())));
    }
    return new NumberCode(feature, number, scale, decimals, missing, layout, contextScales);
  }

  static NumberCode read(Feature feature, int number, ContextLayout layout, JsonNode node) {
    List<Scale> contextScales = new ArrayList<>();
    for (JsonNode context : node.path("context")) {
      contextScales.add(readScale(feature, context));
    }
    return new NumberCode(
        feature,
        number,
        readScale(feature, node),
        node.path("decimals").asInt(),
        node.path("missing").asBoolean(),
        layout,
        contextScales.toArray(Scale[]::new));
  }

  @Override
  public void write(ObjectNode target) {
    writeScale(target, scale);
    target.put("decimals", decimals).put("missing", missing);
    ArrayNode context = target.putArray("context");
    for (int i = 0; i < contextScales.length; i++) {
      writeScale(context.addObject().put("kind", contextColumns.get(i).name()), contextScales[i]);
    }
  }

  @Override
  public int width() {
    return 1 + contextScales.length + (missing ? 1 : 0);
  }

  @Override
  public void describe(int index, List<EncodedColumn> columns) {
    columns.add(new EncodedColumn(index, feature.name(), EncodedColumn.Kind.NUMBER));
    for (ContextColumn column : contextColumns) {
      EncodedColumn.Kind kind =
          column.kind() == ContextColumn.Kind.LAG
              ? EncodedColumn.Kind.LAG
              : EncodedColumn.Kind.CONTEXT;
      columns.add(new EncodedColumn(index, feature.name() + " " + column.name(), kind));
    }
    if (missing) {
      columns.add(
          new EncodedColumn(index, feature.name() + " missing", EncodedColumn.Kind.MISSING));
    }
  }

  @Override
  public void encode(Observation observation, float[] row, int start) {
    double value = observation.event().number(number);
    if (!Double.isNaN(value)) {
      row[start] = scale.apply(value);
    } else if (missing) {
      row[start + width() - 1] = 1;
    }
    for (int i = 0; i < contextPlaces.length; i++) {
      double context = observation.context()[contextPlaces[i]];
      if (!Double.isNaN(context)) {
        row[start + 1 + i] = contextScales[i].apply(context);
      }
    }
  }

  @Override
  public double place(double number) {
    return (number - scale.median()) / scale.spread();
  }

  @Override
  public double number(double place) {
    return rounded(place).doubleValue();
  }

  @Override
  public @Nullable String decode(float[] row, int start) {
    if (missing && row[start + width() - 1] > 0.5f) {
      return null;
    }
    BigDecimal value = rounded(row[start]);
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private BigDecimal rounded(double place) {
    double value = scale.invert(place);
    // Digits beyond a float's precision would be invented.
    double resolution = Math.ulp((float) place) * scale.spread();
    if (!Double.isFinite(value)
        || !Double.isFinite(resolution)) { // no field holds it, but some try
      return new BigDecimal(
          Double.isFinite(value) ? value : Math.copySign(Double.MAX_VALUE, place));
    }
    int places = Math.min(decimals, (int) Math.floor(-Math.log10(resolution)));
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN);
  }

  private static int[] places(ContextLayout layout, int number) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < layout.columns().size(); i++) {
      if (layout.columns().get(i).number() == number) {
        places.add(i);
      }
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Values of a number, or of one of its context columns, that are not missing. */
  private static double[] known(List<Observation> observations, int number, int place) {
    double[] values = new double[observations.size()];
    int count = 0;
    for (Observation observation : observations) {
      double value = place < 0 ? observation.event().number(number) : observation.context()[place];
      if (!Double.isNaN(value)) {
        values[count++] = value;
      }
    }
    return Arrays.copyOf(values, count);
  }

  private static int decimals(double[] values) {
    int most = 0;
    for (double value : values) {
      if (value != Math.rint(value)) {
        most = Math.max(most, BigDecimal.valueOf(value).stripTrailingZeros().scale());
        if (most > MOST_DECIMALS) {
          return most;
        }
      }
    }
    return most;
  }

  private static void writeScale(ObjectNode target, Scale scale) {
    target.put("median", scale.median()).put("spread", scale.spread());
  }

  private static Scale readScale(Feature feature, JsonNode node) {
    double spread = node.path("spread").asDouble();
    if (!(spread > 0)) {
      throw new IllegalArgumentException(
          "encoder: feature %s must have a spread > 0, got %s"
              .formatted(feature.name(), node.path("spread")));
    }
    return new Scale(node.path("median").asDouble(), spread, feature.direction());
  }
}

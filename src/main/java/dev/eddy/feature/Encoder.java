package dev.eddy.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns observations into rows of floats: fitted once by the trainer, shipped with the model,
 * immutable, safe for use by several threads.
 *
 * <p>A row holds the features in the definition's order. A number becomes {@code (x - median) /
 * spread}, linear and unbounded (within 1e18), followed by its context numbers likewise; where only
 * one direction counts, what lies on the other side of the median becomes 0. A category becomes one
 * cell for each of its values that are not rare, at most the 200 most frequent, and one for all
 * others. A feature that was ever missing in training ends with a cell that says so; its other
 * cells are then 0. Behind all features stands the time's place in the context's seasons.
 */
public final class Encoder {
  /** Stands for a category that was rare or unseen in training. */
  public static final String UNKNOWN = "(unknown)";

  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Feature> features;
  private final FeatureCode[] codes;
  private final int[] starts;
  private final int positions;
  private final int width;
  private final ContextLayout layout;
  private final List<EncodedColumn> columns;

  private Encoder(StreamDefinition definition, ContextLayout layout, List<FeatureCode> codes) {
    this.features = definition.features();
    this.codes = codes.toArray(FeatureCode[]::new);
    this.starts = new int[codes.size()];
    this.layout = layout;
    List<EncodedColumn> described = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      starts[i] = described.size();
      codes.get(i).describe(i, described);
    }
    this.positions = described.size();
    for (ContextColumn column : layout.columns()) {
      if (column.kind() == ContextColumn.Kind.POSITION) {
        described.add(new EncodedColumn(-1, column.name(), EncodedColumn.Kind.POSITION));
      }
    }
    this.columns = List.copyOf(described);
    this.width = columns.size();
  }

  /**
   * Learns medians, scales and categories from training observations.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Encoder fit(StreamDefinition definition, List<Observation> observations) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("observations to fit an encoder on must not be empty");
    }
    ContextLayout layout = ContextLayout.of(definition);
    return assemble(
        definition,
        layout,
        (feature, place) ->
            feature.isNumber()
                ? NumberCode.fit(feature, place, layout, observations)
                : CategoryCode.fit(feature, place, observations));
  }

  /**
   * Reads encoder.json.
   *
   * @throws IllegalArgumentException if it is not one, or was fitted for other features
   */
  public static Encoder fromJson(StreamDefinition definition, byte[] json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("encoder must be JSON", e);
    }
    if (root.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException(
          "encoder must have version %d, got %s".formatted(VERSION, root.path("version")));
    }
    JsonNode entries = root.path("features");
    requireSameFeatures(definition, entries);
    ContextLayout layout = ContextLayout.of(definition);
    int[] next = {0};
    return assemble(
        definition,
        layout,
        (feature, place) -> {
          JsonNode entry = entries.path(next[0]++);
          return feature.isNumber()
              ? NumberCode.read(feature, place, layout, entry)
              : CategoryCode.read(feature, place, entry);
        });
  }

  /** Writes encoder.json. What is read back writes bit-identical rows. */
  public byte[] toJson() {
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    ArrayNode entries = root.putArray("features");
    for (int i = 0; i < codes.length; i++) {
      Feature feature = features.get(i);
      codes[i].write(entries.addObject().put("name", feature.name()).put("type", type(feature)));
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the features that it encodes, in the order of the definition. */
  public List<Feature> features() {
    return features;
  }

  /** Returns the context that its observations come from. */
  public ContextLayout layout() {
    return layout;
  }

  /** Returns the width of a row. */
  public int width() {
    return width;
  }

  /** Returns the columns of a row: which source feature each cell comes from. */
  public List<EncodedColumn> columns() {
    return columns;
  }

  /**
   * Returns the places of a feature's cells in a row, ascending.
   *
   * @param feature place of the feature among all features of the definition
   */
  public int[] columnsOf(int feature) {
    int[] places = new int[codes[feature].width()];
    for (int i = 0; i < places.length; i++) {
      places[i] = starts[feature] + i;
    }
    return places;
  }

  /** Sets a feature's cells of one row to those of another. */
  public void copyFeature(int feature, float[] from, float[] to) {
    System.arraycopy(from, starts[feature], to, starts[feature], codes[feature].width());
  }

  /**
   * Appends the observation as one row.
   *
   * @throws IllegalArgumentException if the observation comes from another context layout
   */
  public void encode(Observation observation, FeatureMatrix target) {
    if (observation.context().length != layout.columns().size()) {
      throw new IllegalArgumentException(
          "observation must have %d context numbers, got %d"
              .formatted(layout.columns().size(), observation.context().length));
    }
    int start = target.append();
    float[] values = target.values();
    for (int i = 0; i < codes.length; i++) {
      codes[i].encode(observation, values, start + starts[i]);
    }
    int firstPosition = layout.columns().size() - (width - positions);
    for (int i = 0; i < width - positions; i++) {
      double position = observation.context()[firstPosition + i];
      values[start + positions + i] = Double.isNaN(position) ? 0 : (float) position;
    }
  }

  /**
   * Encodes the observation at its place in a batch of which nothing else is known: the other rows
   * are 0. A model gives a row the same bits in batches of one size, and only there.
   *
   * @param row its place, from 0
   * @param rows the size of the batch
   */
  public FeatureMatrix encodeAt(Observation observation, int row, int rows) {
    var matrix = new FeatureMatrix(width, rows);
    for (int i = 0; i < rows; i++) {
      if (i == row) {
        encode(observation, matrix);
      } else {
        matrix.append();
      }
    }
    return matrix;
  }

  /**
   * Says in source units what a row holds for a feature: a number with as many decimals as the
   * field had in training, the category of the largest cell or {@link #UNKNOWN}.
   *
   * @param feature place of the feature among all features of the definition
   * @return null where the row says that the value is missing
   */
  public @Nullable String decode(int feature, float[] row) {
    return codes[feature].decode(row, starts[feature]);
  }

  /**
   * Returns the place of a number on its feature's scale: distance from the training median in
   * typical spreads, on both sides, whatever direction counts.
   *
   * @param feature place of a number among all features of the definition
   */
  public double place(int feature, double number) {
    return codes[feature].place(number);
  }

  /**
   * Returns the number at a place on its feature's scale, with as many decimals as the field had in
   * training.
   *
   * @param feature place of a number among all features of the definition
   */
  public double number(int feature, double place) {
    return codes[feature].number(place);
  }

  /** Makes the code of one feature; {@code place} is among the numbers or the categories. */
  private interface CodeSource {
    FeatureCode make(Feature feature, int place);
  }

  private static Encoder assemble(
      StreamDefinition definition, ContextLayout layout, CodeSource source) {
    List<FeatureCode> codes = new ArrayList<>();
    int numbers = 0;
    int categories = 0;
    for (Feature feature : definition.features()) {
      codes.add(source.make(feature, feature.isNumber() ? numbers++ : categories++));
    }
    return new Encoder(definition, layout, codes);
  }

  private static void requireSameFeatures(StreamDefinition definition, JsonNode entries) {
    List<String> expected = new ArrayList<>();
    for (Feature feature : definition.features()) {
      expected.add(feature.name() + " " + type(feature));
    }
    List<String> found = new ArrayList<>();
    for (JsonNode entry : entries) {
      found.add(entry.path("name").asText() + " " + entry.path("type").asText());
    }
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          "encoder must be fitted for features %s, got %s; retrain the model"
              .formatted(expected, found));
    }
  }

  /**
   * Says in words how a definition's features differ from those that an encoder was fitted for:
   * {@code field bytes added}. Empty where they are the same, or the encoder cannot be read.
   *
   * @param json encoder.json
   */
  public static List<String> featureChanges(StreamDefinition definition, byte[] json) {
    Map<String, String> before = new LinkedHashMap<>();
    try {
      JSON.readTree(json)
          .path("features")
          .forEach(entry -> before.put(entry.path("name").asText(), entry.path("type").asText()));
    } catch (IOException e) {
      return List.of();
    }
    List<String> changes = new ArrayList<>();
    for (Feature feature : definition.features()) {
      String earlier = before.remove(feature.name());
      if (earlier == null) {
        changes.add("field %s added".formatted(feature.name()));
      } else if (!earlier.equals(type(feature))) {
        changes.add(
            "field %s is a %s and was a %s".formatted(feature.name(), type(feature), earlier));
      }
    }
    before.keySet().forEach(name -> changes.add("field %s removed".formatted(name)));
    return changes;
  }

  private static String type(Feature feature) {
    return feature.type().name().toLowerCase(Locale.ROOT);
  }
}

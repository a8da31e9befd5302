package dev.eddy.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A number as tokens: one for each value that stands out ("spike"), up to 48 bins between quantiles
 * of all other values, one for missing. A bin is decoded by a uniform rank inside it and the stored
 * quantile curve, and rounded to the decimals of the source, or to its whole tens, hundreds and so
 * on.
 *
 * <p>The 5 smallest and 5 largest values of the curve are replaced by their means: the exact
 * extremes are somebody's own values. Fewer than 5 values have no curve: their mean would tell of
 * each, and that of one is its own value.
 */
final class NumberColumn implements TokenColumn {
  private static final int CURVE_POINTS = 1_001;
  private static final int MOST_BINS = 48;
  private static final int MOST_SPIKES = 12;
  private static final double SPIKE_SHARE = 0.03;
  private static final int AVERAGED_ENDS = 5;
  private static final int MOST_DECIMALS = 6;
  private static final int UNROUNDED = MOST_DECIMALS + 1;

  private final String name;
  private final int decimals;
  private final double[] spikes;
  private final double[] curve;
  private final int[] edges;
  private final boolean missing;
  private final int[] places;

  /**
   * Takes over the arrays.
   *
   * @param spikes ascending
   * @param curve quantiles of the values that are no spikes, at equidistant ranks; empty: all are
   * @param edges places on the curve where bins start, and its last place; ascending
   */
  private NumberColumn(
      String name, int decimals, double[] spikes, double[] curve, int[] edges, boolean missing) {
    this.name = name;
    this.decimals = decimals;
    this.spikes = spikes;
    this.curve = curve;
    this.edges = edges;
    this.missing = missing;
    this.places = places();
  }

  /**
   * Learns spikes, bins and decimals.
   *
   * @param cells one for each record; NaN: missing
   * @param weights of the records; a class of few records weighs more than its share, so that bins
   *     are fine where its values lie
   */
  static NumberColumn fit(String name, double[] cells, double[] weights) {
    WeightedValues values = WeightedValues.of(cells, weights);
    boolean missing = values.count() < cells.length;
    double[] spikes = values.spikes(MOST_BINS, MOST_SPIKES, SPIKE_SHARE, CategoryColumn.RARE_ROWS);
    double[] curve = curve(values.without(spikes));
    return new NumberColumn(name, decimals(cells), spikes, curve, edges(curve), missing);
  }

  private static double[] curve(WeightedValues values) {
    return values.count() < AVERAGED_ENDS
        ? new double[0]
        : values.averagingEnds(AVERAGED_ENDS).quantiles(CURVE_POINTS);
  }

  static NumberColumn read(JsonNode json) {
    double[] curve = doubles(json.required("curve"));
    return new NumberColumn(
        json.required("name").asText(),
        json.required("decimals").asInt(),
        doubles(json.required("spikes")),
        curve,
        edges(curve),
        json.required("missing").asBoolean());
  }

  @Override
  public void write(ObjectNode json) {
    json.put("kind", "number").put("name", name).put("decimals", decimals).put("missing", missing);
    addAll(json.putArray("spikes"), spikes);
    addAll(json.putArray("curve"), curve);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int tokens() {
    return Math.max(1, spikes.length + bins() + (missing ? 1 : 0));
  }

  @Override
  public boolean emits(int token) {
    return true;
  }

  @Override
  public int place(int token) {
    return places[token];
  }

  /** Returns the token of a value; a missing one that was never seen counts as the first token. */
  int token(double value) {
    if (Double.isNaN(value)) {
      return missing ? tokens() - 1 : 0;
    }
    int spike = spike(value);
    if (spike >= 0) {
      return spike;
    }
    return bins() > 0 ? spikes.length + bin(value) : nearestSpike(-spike - 1, value);
  }

  /**
   * Returns a value of a token; NaN: missing.
   *
   * @param u rank inside a bin, in [0, 1)
   */
  double value(int token, double u) {
    if (token < spikes.length) {
      return spikes[token];
    }
    int bin = token - spikes.length;
    if (bin >= bins()) {
      return Double.NaN;
    }
    double place = edges[bin] + u * (edges[bin + 1] - edges[bin]);
    int left = Math.min((int) place, curve.length - 2);
    double value = curve[left] + (place - left) * (curve[left + 1] - curve[left]);
    return decimals == UNROUNDED ? value : round(value, decimals);
  }

  /** Returns whether a record with this value could have come out of the tokens. */
  boolean knows(double value) {
    if (Double.isNaN(value)) {
      return missing;
    }
    if (spike(value) >= 0) {
      return true;
    }
    return curve.length > 0
        && value >= rounded(curve[0])
        && value <= rounded(curve[curve.length - 1]);
  }

  /** Returns the place of a spike; negative as a binary search says it where it is none. */
  private int spike(double value) {
    return Arrays.binarySearch(spikes, value + 0.0); // + 0.0: -0 equals 0
  }

  private int bins() {
    return Math.max(0, edges.length - 1);
  }

  private int bin(double value) {
    int low = 0;
    int high = bins() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (curve[edges[middle]] <= value) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private int nearestSpike(int insertion, double value) {
    if (insertion == 0 || spikes.length == 0) {
      return 0;
    }
    if (insertion == spikes.length) {
      return insertion - 1;
    }
    return value - spikes[insertion - 1] <= spikes[insertion] - value ? insertion - 1 : insertion;
  }

  /** Returns a value rounded to the decimals of the source. */
  double rounded(double value) {
    return decimals == UNROUNDED || !Double.isFinite(value) ? value : round(value, decimals);
  }

  private int[] places() {
    List<Integer> tokens = new ArrayList<>();
    for (int token = 0; token < tokens(); token++) {
      tokens.add(token);
    }
    Collections.sort(
        tokens,
        (a, b) -> {
          double valueA = value(a, 0.5);
          double valueB = value(b, 0.5);
          return Double.compare(
              Double.isNaN(valueA) ? Double.NEGATIVE_INFINITY : valueA,
              Double.isNaN(valueB) ? Double.NEGATIVE_INFINITY : valueB);
        });
    int[] result = new int[tokens()];
    for (int place = 0; place < result.length; place++) {
      result[tokens.get(place)] = place;
    }
    return result;
  }

  /** Cuts the curve at equal ranks; where a value fills more than one cut, at its first rank. */
  private static int[] edges(double[] curve) {
    if (curve.length == 0) {
      return new int[0];
    }
    int last = curve.length - 1;
    List<Integer> edges = new ArrayList<>(List.of(0));
    for (int cut = 1; cut < MOST_BINS; cut++) {
      int place = (int) Math.round(cut * (double) last / MOST_BINS);
      while (place > 0 && curve[place - 1] == curve[place]) {
        place--;
      }
      if (place > edges.get(edges.size() - 1)) {
        edges.add(place);
      }
    }
    edges.add(last);
    return edges.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int decimals(double[] cells) {
    int decimals = -MOST_DECIMALS; // below 0: whole tens, hundreds and so on
    for (double cell : cells) {
      while (decimals < UNROUNDED && !Double.isNaN(cell) && round(cell, decimals) != cell) {
        decimals++;
      }
    }
    return decimals;
  }

  private static double round(double value, int decimals) {
    double scale = Math.pow(10, Math.abs(decimals)); // a power of 0.1 would not be exact
    double rounded =
        decimals < 0 ? Math.rint(value / scale) * scale : Math.rint(value * scale) / scale;
    return rounded + 0.0; // + 0.0: no negative zero
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static void addAll(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }
}

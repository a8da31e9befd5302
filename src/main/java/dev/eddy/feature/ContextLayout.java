package dev.eddy.feature;

import dev.eddy.definition.Feature;
import dev.eddy.definition.MinimumDeviation;
import dev.eddy.definition.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Which numbers an entity's context makes of an event, by the stream definition, and where the
 * context keeps what it needs for them. Immutable.
 */
public final class ContextLayout {
  /** Values of a number that must be known before anything is said of its deviation. */
  static final int KNOWN_AFTER = 5;

  private final List<ContextColumn> columns;
  private final List<NumberPlace> places;
  private final int stateLength;
  private final int window;
  private final double decay;
  private final double knownWeight;
  private final int fingerprint;

  /**
   * Where one number's memory stands in the state.
   *
   * @param weight place of the sum of weights, followed by mean and sum of squares
   * @param last place of the last value; -1 without a rate
   * @param ring place of the window's counter, followed by its values; -1 without a window
   */
  record NumberPlace(int weight, int last, int ring, MinimumDeviation minimumDeviation) {}

  private ContextLayout(StreamDefinition definition) {
    StreamDefinition.Context context = definition.context();
    List<ContextColumn> columns = new ArrayList<>();
    List<NumberPlace> places = new ArrayList<>();
    int length = 0;
    List<Feature> numbers = context.enabled() ? definition.numbers() : List.of();
    for (int i = 0; i < numbers.size(); i++) {
      int weight = length;
      int last = -1;
      int ring = -1;
      length += 3;
      columns.add(new ContextColumn(i, ContextColumn.Kind.DEVIATION));
      if (context.rates().contains(numbers.get(i).name())) {
        last = length++;
        columns.add(new ContextColumn(i, ContextColumn.Kind.RATE));
      }
      if (context.window() > 0) {
        ring = length;
        length += 1 + context.window();
        columns.add(new ContextColumn(i, ContextColumn.Kind.LEVEL));
      }
      places.add(new NumberPlace(weight, last, ring, numbers.get(i).minimumDeviation()));
    }
    this.columns = List.copyOf(columns);
    this.places = List.copyOf(places);
    this.stateLength = length;
    this.window = context.window();
    this.decay = Math.pow(0.5, 1.0 / context.halfLife());
    double weight = 0;
    for (int i = 0; i < KNOWN_AFTER; i++) {
      weight = decay * weight + 1;
    }
    this.knownWeight = weight;
    CRC32 crc = new CRC32();
    crc.update(
        (numbers.stream().map(Feature::name).toList() + " " + context)
            .getBytes(StandardCharsets.UTF_8));
    this.fingerprint = (int) crc.getValue();
  }

  /** Lays out the context that a definition asks for. */
  public static ContextLayout of(StreamDefinition definition) {
    return new ContextLayout(definition);
  }

  /**
   * Returns the context's numbers, in order: number by number as in the definition, and for each
   * deviation, rate and level as far as they are asked for.
   */
  public List<ContextColumn> columns() {
    return columns;
  }

  List<NumberPlace> places() {
    return places;
  }

  int stateLength() {
    return stateLength;
  }

  int window() {
    return window;
  }

  /** Returns the factor by which a value's weight shrinks with each value after it. */
  double decay() {
    return decay;
  }

  /** Returns the sum of weights after {@link #KNOWN_AFTER} values, computed as the context does. */
  double knownWeight() {
    return knownWeight;
  }

  /** Returns what tells bytes of this layout from bytes of another one. */
  int fingerprint() {
    return fingerprint;
  }
}

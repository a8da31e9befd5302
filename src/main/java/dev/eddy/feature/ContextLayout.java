package dev.eddy.feature;

import dev.eddy.definition.Feature;
import dev.eddy.definition.MinimumDeviation;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Season;
import dev.eddy.definition.StreamDefinition.Statistic;
import dev.eddy.feature.ContextColumn.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Which numbers an entity's context makes of an event, by the stream definition, and where the
 * context keeps what it needs for them. Immutable.
 */
public final class ContextLayout {
  /** Values of a number that must be known before anything is said of its deviation. */
  static final int KNOWN_AFTER = 5;

  private static final int OBJECT_BYTES = 200; // name, entry and headers, roughly

  private final List<ContextColumn> columns;
  private final List<NumberPlace> places;
  private final List<Statistic> statistics;
  private final List<Integer> lags;
  private final List<Cycle> cycles;
  private final int stateLength;
  private final int window;
  private final int ringLength;
  private final double decay;
  private final double knownWeight;
  private final int fingerprint;

  /**
   * Where one number's memory stands in the state.
   *
   * @param width how many columns it has
   * @param weight place of the sum of weights, followed by mean and sum of squares
   * @param last place of the last value; -1 without a rate
   * @param ring place of the counter of remembered values, followed by them; -1 without any
   * @param seasons place of the first season's memory; -1 without one
   */
  record NumberPlace(
      int width, int weight, int last, int ring, int seasons, MinimumDeviation minimumDeviation) {}

  private ContextLayout(StreamDefinition definition) {
    Context context = definition.context();
    List<Feature> numbers = context.enabled() ? definition.numbers() : List.of();
    this.window = context.window();
    this.statistics = context.statistics().stream().sorted().toList();
    this.lags = context.lags().stream().sorted().toList();
    this.cycles = context.seasons().stream().sorted().map(Cycle::new).toList();
    int longest = lags.isEmpty() ? 0 : lags.get(lags.size() - 1) + 1;
    this.ringLength = Math.max(window, longest);

    List<ContextColumn> described = new ArrayList<>();
    List<NumberPlace> placed = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < numbers.size(); i++) {
      int before = described.size();
      boolean rate = context.rates().contains(numbers.get(i).name());
      describe(i, rate, described);
      int weight = length;
      length += 3;
      int last = rate ? length : -1;
      length += rate ? 1 : 0;
      int ring = ringLength > 0 ? length : -1;
      length += ringLength > 0 ? 1 + ringLength : 0;
      int seasons = cycles.isEmpty() ? -1 : length;
      length += cycles.stream().mapToInt(SeasonMemory::length).sum();
      int width = described.size() - before;
      placed.add(
          new NumberPlace(width, weight, last, ring, seasons, numbers.get(i).minimumDeviation()));
    }
    if (!numbers.isEmpty()) {
      describePositions(described);
    }
    this.columns = List.copyOf(described);
    this.places = List.copyOf(placed);
    this.stateLength = length;
    this.decay = Math.pow(0.5, 1.0 / context.halfLife());
    double weight = 0;
    for (int i = 0; i < KNOWN_AFTER; i++) {
      weight = decay * weight + 1;
    }
    this.knownWeight = weight;
    this.fingerprint = fingerprint(numbers, context);
  }

  private void describe(int number, boolean rate, List<ContextColumn> target) {
    target.add(new ContextColumn(number, Kind.DEVIATION, "deviation"));
    if (rate) {
      target.add(new ContextColumn(number, Kind.RATE, "rate"));
    }
    if (window > 0) {
      target.add(new ContextColumn(number, Kind.LEVEL, "level"));
    }
    for (Statistic statistic : statistics) {
      target.add(new ContextColumn(number, Kind.STATISTIC, word(statistic)));
    }
    for (int lag : lags) {
      target.add(new ContextColumn(number, Kind.LAG, "lag " + lag));
    }
    for (Cycle cycle : cycles) {
      target.add(new ContextColumn(number, Kind.SEASONAL, "by " + word(cycle.season())));
    }
  }

  private void describePositions(List<ContextColumn> target) {
    for (Cycle cycle : cycles) {
      target.add(new ContextColumn(-1, Kind.POSITION, word(cycle.season()) + " sine"));
      target.add(new ContextColumn(-1, Kind.POSITION, word(cycle.season()) + " cosine"));
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** What is not used is left out, so that states from before it was there are still read. */
  private static int fingerprint(List<Feature> numbers, Context context) {
    StringBuilder text = new StringBuilder();
    text.append(numbers.stream().map(Feature::name).toList())
        .append(
            " Context[enabled=%s, halfLife=%d, window=%d, rates=%s]"
                .formatted(
                    context.enabled(), context.halfLife(), context.window(), context.rates()));
    List<Season> seasons = context.seasons().stream().sorted().toList();
    if (!context.lags().isEmpty() || !seasons.isEmpty()) {
      text.append(context.lags()).append(seasons);
    }
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  /** Lays out the context that a definition asks for. */
  public static ContextLayout of(StreamDefinition definition) {
    return new ContextLayout(definition);
  }

  /**
   * Returns the context's numbers, in order: number by number as in the definition, and for each
   * deviation, rate, level, statistics, lags and seasons as far as they are asked for; then the
   * time's place in each season.
   */
  public List<ContextColumn> columns() {
    return columns;
  }

  List<NumberPlace> places() {
    return places;
  }

  List<Statistic> statistics() {
    return statistics;
  }

  List<Integer> lags() {
    return lags;
  }

  List<Cycle> cycles() {
    return cycles;
  }

  int stateLength() {
    return stateLength;
  }

  int window() {
    return window;
  }

  /** Returns how many last values are remembered. */
  int ringLength() {
    return ringLength;
  }

  /** Returns the factor by which a value's weight shrinks with each value after it. */
  double decay() {
    return decay;
  }

  /** Returns the sum of weights after {@link #KNOWN_AFTER} values, computed as the context does. */
  double knownWeight() {
    return knownWeight;
  }

  /**
   * Returns how many entities' memories fit: with a week's hours one takes three kilobytes a
   * number.
   *
   * @param bytes that all of them may take
   * @param most never more than these
   */
  public int entitiesWithin(long bytes, int most) {
    long each = OBJECT_BYTES + (long) stateLength * Double.BYTES;
    return (int) Math.max(1, Math.min(most, bytes / each));
  }

  /** Returns what tells bytes of this layout from bytes of another one. */
  int fingerprint() {
    return fingerprint;
  }
}

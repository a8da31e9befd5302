package dev.eddy.scoring;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each value of one category came so far. Bounded: what comes new when there are a
 * thousand values is counted together.
 */
final class RunningCategory {
  private static final int MOST_VALUES = 1000;
  private static final String OTHERS = "\u0000others";
  private static final String MISSING = "\u0000missing";

  private final Map<String, Long> counts = new HashMap<>();
  private long records;

  /**
   * Returns -ln of the value's share so far, one half added to each value; in nats, {@code > 0}.
   */
  double surprise(@Nullable String value) {
    double count = counts.getOrDefault(place(value), 0L);
    return -Math.log((count + 0.5) / (records + 0.5 * (counts.size() + 1)));
  }

  /** Counts a value. */
  void learn(@Nullable String value) {
    counts.merge(place(value), 1L, Long::sum);
    records++;
  }

  private String place(@Nullable String value) {
    if (value == null) {
      return MISSING;
    }
    return counts.containsKey(value) || counts.size() < MOST_VALUES ? value : OTHERS;
  }

  /** Returns the most frequent value; null where it is missing most often, or nothing came yet. */
  @Nullable String mostFrequent() {
    return counts.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .filter(value -> !value.equals(MISSING) && !value.equals(OTHERS))
        .orElse(null);
  }
}

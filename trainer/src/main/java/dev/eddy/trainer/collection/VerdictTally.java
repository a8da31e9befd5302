package dev.eddy.trainer.collection;

import dev.eddy.schema.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What people said of a model's alarms and silence, and its precision and recall by that. A true
 * alarm was right; a false alarm, an expected event and a new normal called a person for nothing; a
 * missed anomaly was silence where an alarm belonged. Records that nobody labelled do not count:
 * recall is of the anomalies that people know of.
 */
public record VerdictTally(Map<Verdict, Long> verdicts) {
  /** Nobody has said anything. */
  public static final VerdictTally NONE = new VerdictTally(Map.of());

  /** Copies the map. */
  public VerdictTally {
    var copy = new EnumMap<Verdict, Long>(Verdict.class);
    copy.putAll(verdicts);
    verdicts = Map.copyOf(copy);
  }

  private long of(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }

  /** Returns how many labelled alarms there are. */
  public long alarms() {
    return of(Verdict.TRUE_ALARM)
        + of(Verdict.FALSE_ALARM)
        + of(Verdict.EXPECTED)
        + of(Verdict.NEW_NORMAL);
  }

  /** Returns how many labelled anomalies there are. */
  public long anomalies() {
    return of(Verdict.TRUE_ALARM) + of(Verdict.MISSED);
  }

  /** Returns the share of the alarms that were true; empty without one. */
  public OptionalDouble precision() {
    return share(alarms());
  }

  /** Returns the share of the known anomalies that raised an alarm; empty without one. */
  public OptionalDouble recall() {
    return share(anomalies());
  }

  private OptionalDouble share(long all) {
    return all == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) of(Verdict.TRUE_ALARM) / all);
  }
}

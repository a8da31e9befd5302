package dev.eddy.trainer.collection;

import static java.util.Objects.requireNonNull;

import dev.eddy.feature.Sample.Truth;
import dev.eddy.schema.Label;
import dev.eddy.schema.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said about one record.
 *
 * @param labelClass kind of anomaly, where it is known
 * @param timestamp when it was said, milliseconds since the epoch
 */
public record KnownLabel(Verdict verdict, @Nullable String labelClass, String who, long timestamp) {

  /** Checks that the parts are there. */
  public KnownLabel {
    requireNonNull(verdict, "verdict");
    requireNonNull(who, "who");
  }

  /** Takes what a record of the labels topic says. */
  public static KnownLabel of(Label label) {
    return new KnownLabel(
        label.getVerdict(), label.getLabelClass(), label.getWho(), label.getTimestamp());
  }

  /** Returns whether another person has said something else before; history may come again. */
  public boolean contradicts(KnownLabel other) {
    boolean same = verdict == other.verdict && Objects.equals(labelClass, other.labelClass);
    return !same && !who.equals(other.who) && timestamp >= other.timestamp;
  }

  /** Returns what the verdict means for a model: only a true or a missed alarm is an anomaly. */
  public Truth truth() {
    return switch (verdict) {
      case TRUE_ALARM, MISSED -> Truth.ANOMALOUS;
      case FALSE_ALARM, EXPECTED, NEW_NORMAL -> Truth.NORMAL;
    };
  }
}

package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.schema.Verdict;
import dev.eddy.trainer.collection.Evidence.RaisedAlert;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last alerts, and what labels say of them and of the champion. At the limit the oldest alert
 * is forgotten.
 */
final class AlertBook {
  private final LabelBook labels;
  private final Predicate<Coordinates> ofSource;
  private final int limit;
  private final Map<Coordinates, RaisedAlert> alerts = new LinkedHashMap<>();
  private @Nullable ServingChampion champion;
  private VerdictTally tally = VerdictTally.NONE;
  private long talliedAt = -1;

  /**
   * Makes an empty book.
   *
   * @param ofSource whether a record is of the source: what is said of others is about nobody
   */
  AlertBook(LabelBook labels, Predicate<Coordinates> ofSource, int limit) {
    this.labels = labels;
    this.ofSource = ofSource;
    this.limit = limit;
  }

  void add(RaisedAlert alert) {
    alerts.put(alert.record(), alert);
    if (labels.find(alert.record()) != null) {
      talliedAt = -1; // the topics are read side by side, and its label came first
    }
    if (alerts.size() > limit) {
      alerts.remove(alerts.keySet().iterator().next());
    }
  }

  /** Returns whether a record raised one. */
  boolean has(Coordinates record) {
    return alerts.containsKey(record);
  }

  Evidence evidence() {
    return new Evidence(
        labels.of(Verdict.NEW_NORMAL), alerts.values().stream().filter(this::isNotWrong).toList());
  }

  private boolean isNotWrong(RaisedAlert alert) {
    KnownLabel label = labels.find(alert.record());
    return label == null || label.truth() == Truth.ANOMALOUS;
  }

  /**
   * Hears which version serves: what people say of its alerts, and of records behind those that it
   * was trained on, tells how good it is.
   *
   * @param serving null where there is no champion
   */
  void champion(@Nullable ServingChampion serving) {
    if (!Objects.equals(serving, champion)) {
      champion = serving;
      talliedAt = -1;
    }
    if (talliedAt != labels.changes()) {
      talliedAt = labels.changes();
      tally =
          serving == null
              ? VerdictTally.NONE
              : labels.tally((record, verdict) -> isAbout(serving, record, verdict));
    }
  }

  /** An alarm is of the one that raised it; silence has nobody's name on it. */
  private boolean isAbout(ServingChampion serving, Coordinates record, Verdict verdict) {
    if (!ofSource.test(record)) {
      return false;
    }
    RaisedAlert alert = verdict == Verdict.MISSED ? null : alerts.get(record);
    return alert == null
        ? record.offset() > serving.trainedTo().getOrDefault(record.partition(), -1L)
        : serving.versions().contains(alert.modelVersion());
  }

  /** Returns what labels say of the champion. */
  VerdictTally tally() {
    return tally;
  }
}

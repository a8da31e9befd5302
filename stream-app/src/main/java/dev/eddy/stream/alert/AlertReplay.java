package dev.eddy.stream.alert;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.schema.Severity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says which records of a stream's past would raise an alert, by the same policy and threshold as
 * those that did. States are on the heap, and only of entities that are not calm. An instance
 * belongs to one thread.
 */
public final class AlertReplay {
  private static final int EARLY_RECORDS = 64;

  private final AlertPolicy policy;
  private final AlertThreshold threshold;
  private final Map<Place, AlertState> states = new HashMap<>();
  private final Map<Integer, RecordRate> rates = new HashMap<>();
  private long records;

  private record Place(int partition, String entity) {}

  /**
   * What a record raised.
   *
   * @param threshold the score that one record had to reach then
   */
  public record Raised(double threshold, Severity severity) {}

  /**
   * Begins a replay.
   *
   * @param partitions how many the source topic has
   */
  public AlertReplay(StreamDefinition.Alerts settings, int partitions) {
    this.policy = new AlertPolicy(settings.cooldown());
    this.threshold = new AlertThreshold(settings);
    threshold.partitions(partitions);
  }

  /** Takes the next record of its partition. */
  public Optional<Raised> take(int partition, String entity, long timestamp, double score) {
    RecordRate rate = rates.computeIfAbsent(partition, number -> RecordRate.empty());
    if (rate.count(timestamp) || (rate.isEarly() && records % EARLY_RECORDS == 0)) {
      threshold.rate(partition, rate.perMinute(timestamp));
    }
    records++;
    double limit = threshold.current();
    var place = new Place(partition, entity);
    AlertState state = states.getOrDefault(place, AlertState.CALM);
    AlertPolicy.Verdict verdict = policy.judge(state, timestamp, records, score, limit);
    if (verdict.next().equals(AlertState.CALM)) {
      states.remove(place);
    } else {
      states.put(place, verdict.next());
    }
    return verdict.raises()
        ? Optional.of(new Raised(limit, AlertPolicy.severity(score, limit)))
        : Optional.empty();
  }

  /** Returns the score that one record must reach now. */
  public double threshold() {
    return threshold.current();
  }
}

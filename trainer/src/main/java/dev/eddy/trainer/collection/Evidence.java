package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known beside the rows themselves.
 *
 * @param newNormal records that somebody labelled as the new normal of their entity
 * @param alerts alerts that were raised and that nobody called wrong
 */
public record Evidence(Set<Coordinates> newNormal, List<RaisedAlert> alerts) {
  /** Nothing is known. */
  public static final Evidence NONE = new Evidence(Set.of(), List.of());

  /**
   * An alert.
   *
   * @param timestamp event time of the record that raised it, milliseconds since the epoch
   * @param record where that record stands
   * @param modelVersion the version that gave its score, or 'baseline'
   */
  public record RaisedAlert(
      String entity, long timestamp, Coordinates record, String modelVersion) {}

  /** Copies the collections. */
  public Evidence {
    newNormal = Set.copyOf(newNormal);
    alerts = List.copyOf(alerts);
  }

  /** Returns the alerts of each entity by their time. */
  public Map<String, List<RaisedAlert>> alertsByEntity() {
    return alerts.stream()
        .sorted(Comparator.comparingLong(RaisedAlert::timestamp))
        .collect(Collectors.groupingBy(RaisedAlert::entity));
  }
}

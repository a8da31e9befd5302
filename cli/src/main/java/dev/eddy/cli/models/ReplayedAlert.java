package dev.eddy.cli.models;

import dev.eddy.event.Coordinates;
import dev.eddy.schema.Severity;
import dev.eddy.scoring.Contribution;
import java.util.List;

/**
 * An alert that a version would have raised.
 *
 * @param timestamp event time, milliseconds since the epoch
 * @param record the source record as text, shortened
 * @param reasons the fields that count most
 */
record ReplayedAlert(
    Coordinates coordinates,
    String entity,
    long timestamp,
    double score,
    Severity severity,
    String record,
    List<Contribution> reasons) {

  /** Copies the list. */
  ReplayedAlert {
    reasons = List.copyOf(reasons);
  }
}

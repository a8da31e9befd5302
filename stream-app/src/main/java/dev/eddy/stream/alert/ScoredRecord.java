package dev.eddy.stream.alert;

import dev.eddy.event.Event;
import dev.eddy.scoring.Explanation;
import java.util.Map;

/** What the alert policy needs to know of a scored record. */
public interface ScoredRecord {
  /** Returns the event. */
  Event event();

  /** Returns the fused score, -ln of its p-value. */
  double score();

  /** Returns the share of normal records that look at least as anomalous, in (0, 1]. */
  double pValue();

  /** Returns the parts' scores by name. */
  Map<String, Double> detectors();

  /** Returns the model that scored it; {@code baseline} for none. */
  String modelVersion();

  /** Returns what its entity's past made of it, as the model saw it; nobody changes it. */
  double[] context();

  /** Returns how many records the model scored together with it. */
  int batchRows();

  /** Returns its place among them, from 0. */
  int batchRow();

  /** Says which fields make it anomalous; only while the record is being processed. */
  Explanation explain();
}

package dev.eddy.stream.topology;

import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.scoring.Explanation;
import dev.eddy.stream.alert.ScoredRecord;
import java.util.Map;
import java.util.function.Function;

/**
 * An event with its score. Lives only while it is forwarded: its explanation needs the scorer that
 * scored it.
 *
 * @param score fused score, -ln of its p-value
 * @param detectors the parts' scores by name
 * @param modelVersion the model that scored it; {@code baseline} for none
 * @param batchRows how many events the model scored together with it
 * @param batchRow its place among them
 * @param explainer says which fields make an observation anomalous, with the same model
 */
record ScoredEvent(
    Observation observation,
    double score,
    Map<String, Double> detectors,
    String modelVersion,
    int batchRows,
    int batchRow,
    Function<Observation, Explanation> explainer)
    implements ScoredRecord {

  @Override
  public Event event() {
    return observation.event();
  }

  @Override
  public double[] context() {
    return observation.context();
  }

  @Override
  public double pValue() {
    return Math.exp(-score);
  }

  @Override
  public Explanation explain() {
    return explainer.apply(observation);
  }
}

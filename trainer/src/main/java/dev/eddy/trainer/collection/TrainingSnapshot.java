package dev.eddy.trainer.collection;

import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows that one training is about.
 *
 * @param samples in the order in which they came
 * @param stream an even sample of the stream, by time: what drift is measured against
 * @param trainedOn where they come from, in words for the manifest
 * @param evidence what labels and alerts say beside the rows' own truth
 */
public record TrainingSnapshot(
    List<Sample> samples,
    List<Observation> stream,
    SortedMap<String, String> trainedOn,
    Evidence evidence) {
  /** Rows of which nothing else is known, and which are all of the stream. */
  public TrainingSnapshot(List<Sample> samples, SortedMap<String, String> trainedOn) {
    this(samples, samples.stream().map(Sample::observation).toList(), trainedOn, Evidence.NONE);
  }

  /** Copies the collections. */
  public TrainingSnapshot {
    samples = List.copyOf(samples);
    stream = List.copyOf(stream);
    trainedOn = new TreeMap<>(trainedOn);
  }
}

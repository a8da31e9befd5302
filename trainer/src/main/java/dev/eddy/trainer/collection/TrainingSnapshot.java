package dev.eddy.trainer.collection;

import dev.eddy.feature.Sample;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows that one training is about.
 *
 * @param samples in the order in which they came
 * @param trainedOn where they come from, in words for the manifest
 * @param evidence what labels and alerts say beside the rows' own truth
 */
public record TrainingSnapshot(
    List<Sample> samples, SortedMap<String, String> trainedOn, Evidence evidence) {
  /** Rows of which nothing else is known. */
  public TrainingSnapshot(List<Sample> samples, SortedMap<String, String> trainedOn) {
    this(samples, trainedOn, Evidence.NONE);
  }

  /** Copies the collections. */
  public TrainingSnapshot {
    samples = List.copyOf(samples);
    trainedOn = new TreeMap<>(trainedOn);
  }
}

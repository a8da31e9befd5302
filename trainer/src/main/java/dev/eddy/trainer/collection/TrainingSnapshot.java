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
 */
public record TrainingSnapshot(List<Sample> samples, SortedMap<String, String> trainedOn) {
  /** Copies the collections. */
  public TrainingSnapshot {
    samples = List.copyOf(samples);
    trainedOn = new TreeMap<>(trainedOn);
  }
}

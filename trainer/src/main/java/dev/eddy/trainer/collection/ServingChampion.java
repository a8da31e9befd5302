package dev.eddy.trainer.collection;

import java.util.Map;
import java.util.Set;

/**
 * What is known of the champion when labels are held against it.
 *
 * @param trainedTo the last offset of each partition that it saw
 * @param versions all versions that are the same detector, with a generator and without
 */
public record ServingChampion(Map<Integer, Long> trainedTo, Set<String> versions) {
  /** Copies the collections. */
  public ServingChampion {
    trainedTo = Map.copyOf(trainedTo);
    versions = Set.copyOf(versions);
  }
}

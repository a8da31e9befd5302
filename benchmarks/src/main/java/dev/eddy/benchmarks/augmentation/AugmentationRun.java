package dev.eddy.benchmarks.augmentation;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one kind of synthetic rows gave on one set with one seed. */
record AugmentationRun(String set, String generator, long seed, Map<String, Double> figures) {
  /** Copies the figures, in their order. */
  AugmentationRun {
    figures = new LinkedHashMap<>(figures);
  }

  boolean is(String otherSet, String otherGenerator, long otherSeed) {
    return set.equals(otherSet) && generator.equals(otherGenerator) && seed == otherSeed;
  }
}

package dev.eddy.benchmarks.augmentation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many rows of an attack the detector's parts found, with one seed.
 *
 * @param known how many real rows of each attack there were to begin with
 * @param rows which rows were scored: {@code real}, those held out; {@code known}; or synthetic
 *     ones, by the family of their generator
 * @param rates part, or {@code fused}, to share found
 */
record CanaryRun(int known, String rows, String attack, long seed, Map<String, Double> rates) {
  /** Copies the rates, in their order. */
  CanaryRun {
    rates = new LinkedHashMap<>(rates);
  }

  boolean is(int otherKnown, String otherRows, long otherSeed) {
    return known == otherKnown && rows.equals(otherRows) && seed == otherSeed;
  }
}

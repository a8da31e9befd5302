package dev.eddy.benchmarks.augmentation;

import dev.eddy.evaluation.quality.QualityReport.Lift;

/**
 * What synthetic rows of one rare class did for a classifier with one seed.
 *
 * @param name of the class and the number of its rows
 */
record LiftRun(String name, String generator, long seed, Lift lift) {

  boolean is(String otherName, String otherGenerator, long otherSeed) {
    return name.equals(otherName) && generator.equals(otherGenerator) && seed == otherSeed;
  }
}

package dev.eddy.benchmarks.augmentation;

import dev.eddy.evaluation.quality.QualityReport.Lift;

/**
 * What synthetic rows of one rare class did for a classifier with one seed.
 *
 * @param name of the class and the number of its rows
 * @param judge which classifier
 * @param sharedAp average precision of the classifier after training on synthetic rows of all
 *     classes alone; NaN where there are none
 */
record LiftRun(String name, String judge, String generator, long seed, Lift lift, double sharedAp) {

  boolean is(String otherName, String otherJudge, String otherGenerator, long otherSeed) {
    return name.equals(otherName)
        && judge.equals(otherJudge)
        && generator.equals(otherGenerator)
        && seed == otherSeed;
  }
}

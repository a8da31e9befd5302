package dev.eddy.scoring;

import dev.eddy.definition.Feature;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Observation;
import java.util.ArrayList;
import java.util.List;

/** Asks the baselines. */
final class BaselineWhatIf extends WhatIf {
  private final BaselineScorer scorer;

  BaselineWhatIf(BaselineScorer scorer, List<Feature> features, ContextLayout layout) {
    super(features, layout);
    this.scorer = scorer;
  }

  @Override
  double[] score(List<Observation> observations) {
    return observations.stream().mapToDouble(scorer::whatIf).toArray();
  }

  @Override
  List<Observation> expected(Observation actual) {
    List<Observation> expected = new ArrayList<>();
    for (int feature = 0; feature < features().size(); feature++) {
      expected.add(
          isNumber(feature)
              ? with(actual, feature, mean(feature, actual))
              : with(actual, feature, scorer.category(place(feature)).mostFrequent()));
    }
    return expected;
  }

  /** Returns the entity's own mean; where it is not known yet, the stream's. */
  private double mean(int feature, Observation actual) {
    double own = pastMean(feature, actual);
    RunningNumber running = scorer.number(place(feature));
    double mean = Double.isNaN(own) && running.known() ? running.mean() : own;
    return NumberText.roundedValue(mean);
  }

  /** The mean and the most frequent value are all that is known. */
  @Override
  List<Observation> alternatives(Observation actual, int feature) {
    return List.of();
  }

  @Override
  double length(int feature, double number) {
    RunningNumber running = scorer.number(place(feature));
    return asinh((number - running.mean()) / running.scale());
  }

  @Override
  double ofLength(int feature, double length) {
    RunningNumber running = scorer.number(place(feature));
    return NumberText.roundedValue(running.mean() + running.scale() * Math.sinh(length));
  }
}

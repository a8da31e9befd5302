package dev.eddy.scoring;

import dev.eddy.definition.Feature;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Observation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the score of a changed record would be: what an {@link Explainer} asks. Nothing
 * learns from a changed record. Knows which of the definition's features are numbers, so that
 * changes can be asked for by feature.
 */
abstract class WhatIf {
  private final List<Feature> features;
  private final ContextLayout layout;
  private final int[] places;

  WhatIf(List<Feature> features, ContextLayout layout) {
    this.features = features;
    this.layout = layout;
    this.places = new int[features.size()];
    int numbers = 0;
    int categories = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = features.get(i).isNumber() ? numbers++ : categories++;
    }
  }

  /** Returns all features of the definition. */
  List<Feature> features() {
    return features;
  }

  /** Returns the fused score of each record, -ln of its p-value; an empty array for none. */
  abstract double[] score(List<Observation> observations);

  /** Returns, for each feature, the record with that feature alone at what is expected of it. */
  abstract List<Observation> expected(Observation actual);

  /** Returns the record with other values of one feature, over the range of its usual ones. */
  abstract List<Observation> alternatives(Observation actual, int feature);

  /** Returns a length for a number, so that distances can be told on both sides of 0. */
  abstract double length(int feature, double number);

  /** Returns the number that has a length; the way back of {@link #length}. */
  abstract double ofLength(int feature, double length);

  /** Says in source units what a record holds for a feature; null: missing. */
  final @Nullable String text(int feature, Observation observation) {
    return isNumber(feature)
        ? NumberText.of(number(feature, observation))
        : category(feature, observation);
  }

  /** Returns a feature's place among the numbers or the categories. */
  final int place(int feature) {
    return places[feature];
  }

  /** Returns the mean of the entity's past that a number was compared with; NaN: not known. */
  final double pastMean(int feature, Observation observation) {
    int place = 2 * places[feature];
    return place < observation.past().length ? observation.past()[place] : Double.NaN;
  }

  /** Returns the inverse hyperbolic sine. */
  static double asinh(double x) {
    double magnitude = Math.abs(x);
    return Math.copySign(Math.log(magnitude + Math.sqrt(magnitude * magnitude + 1)), x);
  }

  final boolean isNumber(int feature) {
    return features.get(feature).isNumber();
  }

  final double number(int feature, Observation observation) {
    return observation.event().number(places[feature]);
  }

  final @Nullable String category(int feature, Observation observation) {
    return observation.event().category(places[feature]);
  }

  final Observation with(Observation observation, int feature, double number) {
    return observation.withNumber(layout, places[feature], number);
  }

  final Observation with(Observation observation, int feature, @Nullable String category) {
    return observation.withCategory(places[feature], category);
  }

  /** Returns a record with one feature as another record has it. */
  final Observation copy(int feature, Observation from, Observation to) {
    return isNumber(feature)
        ? with(to, feature, number(feature, from))
        : with(to, feature, category(feature, from));
  }

  /** Returns how far apart two records are in one feature; infinite where either is missing. */
  final double distance(int feature, Observation first, Observation second) {
    if (!isNumber(feature)) {
      return 1; // one other category is as far as any other
    }
    double distance =
        Math.abs(
            length(feature, number(feature, first)) - length(feature, number(feature, second)));
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  /**
   * Returns records that lie between two in one number, in order, neither end among them; none for
   * a category, or where the number is missing.
   */
  final List<Observation> between(int feature, Observation from, Observation to, int points) {
    List<Observation> between = new ArrayList<>();
    if (!isNumber(feature) || !Double.isFinite(distance(feature, from, to))) {
      return between;
    }
    double start = length(feature, number(feature, from));
    double way = length(feature, number(feature, to)) - start;
    for (int i = 1; i <= points && way != 0; i++) {
      between.add(with(from, feature, ofLength(feature, start + way * i / (points + 1))));
    }
    return between;
  }
}

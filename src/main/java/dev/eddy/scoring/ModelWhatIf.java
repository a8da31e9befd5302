package dev.eddy.scoring;

import dev.eddy.feature.EncodedColumn.Kind;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks an ensemble, and the baselines beside it if they are given.
 *
 * <p>What is expected of a field is what the autoencoder makes of the record when the field is not
 * known: its cells are set to the training mean first, so that a wrong value does not vouch for
 * itself.
 */
final class ModelWhatIf extends WhatIf {
  /** Other values of one field that are tried. */
  private static final int ALTERNATIVES = 15;

  private final EnsembleScorer scorer;
  private final @Nullable BaselineScorer secondOpinion;
  private final Encoder encoder;

  ModelWhatIf(EnsembleScorer scorer, @Nullable BaselineScorer secondOpinion) {
    super(scorer.encoder().features(), scorer.encoder().layout());
    this.scorer = scorer;
    this.secondOpinion =
        secondOpinion == null || !secondOpinion.isCalibrated() ? null : secondOpinion;
    this.encoder = scorer.encoder();
  }

  @Override
  double[] score(List<Observation> observations) {
    double[] scores = new double[observations.size()];
    if (scores.length == 0) {
      return scores;
    }
    FeatureMatrix rows = new FeatureMatrix(encoder.width(), scores.length);
    observations.forEach(observation -> encoder.encode(observation, rows));
    ScoredBatch scored = scorer.score(rows);
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          secondOpinion == null
              ? scored.score(i)
              : SecondOpinion.fuse(scored.score(i), secondOpinion.whatIf(observations.get(i)));
    }
    return scores;
  }

  @Override
  List<Observation> expected(Observation actual) {
    FeatureMatrix encoded = new FeatureMatrix(encoder.width(), 1);
    encoder.encode(actual, encoded);
    float[] typical = scorer.typical();
    FeatureMatrix hidden = new FeatureMatrix(encoder.width(), features().size());
    for (int feature = 0; feature < features().size(); feature++) {
      float[] row = encoded.row(0);
      encoder.copyFeature(feature, typical, row);
      hidden.append(row);
    }
    FeatureMatrix reconstructed = scorer.expect(hidden);
    List<Observation> expected = new ArrayList<>();
    for (int feature = 0; feature < features().size(); feature++) {
      expected.add(holding(actual, feature, reconstructed.row(feature)));
    }
    return expected;
  }

  /** Returns the record with one feature as a row has it. */
  private Observation holding(Observation actual, int feature, float[] row) {
    String text = encoder.decode(feature, row);
    return isNumber(feature)
        ? with(actual, feature, text == null ? Double.NaN : Double.parseDouble(text))
        : with(actual, feature, text);
  }

  @Override
  List<Observation> alternatives(Observation actual, int feature) {
    return isNumber(feature) ? otherNumbers(actual, feature) : otherCategories(actual, feature);
  }

  /** Tries the range of the training rows, evenly by length, and the entity's own mean. */
  private List<Observation> otherNumbers(Observation actual, int feature) {
    float[] range = scorer.range(encoder.columnsOf(feature)[0]);
    double start = asinh(range[0]);
    double way = asinh(range[1]) - start;
    List<Observation> others = new ArrayList<>();
    for (int i = 0; i < ALTERNATIVES; i++) {
      double length = start + way * i / (ALTERNATIVES - 1);
      others.add(with(actual, feature, ofLength(feature, length)));
    }
    double mean = pastMean(feature, actual);
    if (!Double.isNaN(mean)) {
      others.add(with(actual, feature, encoder.number(feature, encoder.place(feature, mean))));
    }
    return others;
  }

  /** Tries the most frequent values. */
  private List<Observation> otherCategories(Observation actual, int feature) {
    List<Observation> others = new ArrayList<>();
    float[] shares = scorer.typical(); // the mean of a column of zeros and ones
    Arrays.stream(encoder.columnsOf(feature))
        .boxed()
        .filter(column -> encoder.columns().get(column).kind() == Kind.CATEGORY)
        .sorted(Comparator.comparing((Integer column) -> -shares[column]))
        .limit(ALTERNATIVES)
        .forEach(
            column -> {
              float[] row = new float[encoder.width()];
              row[column] = 1;
              String value = encoder.decode(feature, row);
              if (!Encoder.UNKNOWN.equals(value)) {
                others.add(with(actual, feature, value));
              }
            });
    return others;
  }

  @Override
  double length(int feature, double number) {
    return asinh(encoder.place(feature, number));
  }

  @Override
  double ofLength(int feature, double length) {
    return encoder.number(feature, Math.sinh(length));
  }
}

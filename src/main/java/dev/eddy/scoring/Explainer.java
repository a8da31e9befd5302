package dev.eddy.scoring;

import dev.eddy.definition.Feature;
import dev.eddy.feature.EncodedColumn.Kind;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Says which fields make a record anomalous, and what was expected of them.
 *
 * <p>What is expected of a field is what the autoencoder makes of the record when the field is not
 * known: its cells are set to the training mean first, so that a wrong value does not vouch for
 * itself. A field's contribution is the mean of two differences of the fused score: how much it
 * falls when this field alone is set to what is expected, and how much it rises when this field
 * alone is put into the record that is expected throughout. The first by itself says little where
 * several fields are wrong; the two are the ends of the sum that makes a Shapley value (Lundberg
 * and Lee, "A Unified Approach to Interpreting Model Predictions", 2017, arXiv:1705.07874).
 */
final class Explainer {
  private final EnsembleScorer scorer;
  private final Encoder encoder;

  Explainer(EnsembleScorer scorer) {
    this.scorer = scorer;
    this.encoder = scorer.encoder();
  }

  List<Contribution> explain(Observation observation) {
    FeatureMatrix encoded = new FeatureMatrix(encoder.width(), 1);
    encoder.encode(observation, encoded);
    float[] actual = encoded.row(0);
    float[] expected = expected(actual);
    double[] contributions = contributions(actual, expected);

    List<Contribution> result = new ArrayList<>();
    int number = 0;
    int category = 0;
    for (int i = 0; i < contributions.length; i++) {
      Feature feature = encoder.features().get(i);
      String value =
          feature.isNumber()
              ? NumberText.of(observation.event().number(number++))
              : observation.event().category(category++);
      result.add(
          new Contribution(feature.name(), value, encoder.decode(i, expected), contributions[i]));
    }
    result.sort(Comparator.comparingDouble(Contribution::contribution).reversed());
    return List.copyOf(result);
  }

  /** Returns the row that is expected: each feature as if it alone were not known. */
  private float[] expected(float[] actual) {
    float[] typical = scorer.typical();
    FeatureMatrix hidden = new FeatureMatrix(actual.length, encoder.features().size());
    for (int feature = 0; feature < encoder.features().size(); feature++) {
      float[] row = actual.clone();
      encoder.copyFeature(feature, typical, row);
      hidden.append(row);
    }
    FeatureMatrix reconstructed = scorer.expect(hidden);
    float[] expected = actual.clone();
    for (int feature = 0; feature < encoder.features().size(); feature++) {
      float[] row = reconstructed.row(feature);
      settle(feature, row);
      encoder.copyFeature(feature, row, expected);
    }
    return expected;
  }

  /** Turns a blend of categories, or of missing and known, into the one that weighs most. */
  private void settle(int feature, float[] row) {
    int best = -1;
    for (int column : encoder.columnsOf(feature)) {
      Kind kind = encoder.columns().get(column).kind();
      if (kind == Kind.CATEGORY || kind == Kind.MISSING) {
        best = best < 0 || row[column] > row[best] ? column : best;
      }
    }
    for (int column : encoder.columnsOf(feature)) {
      Kind kind = encoder.columns().get(column).kind();
      if (kind == Kind.CATEGORY || kind == Kind.MISSING) {
        boolean decided = !encoder.features().get(feature).isNumber() || row[column] > 0.5f;
        row[column] = column == best && decided ? 1 : 0;
      }
    }
  }

  private double[] contributions(float[] actual, float[] expected) {
    int features = encoder.features().size();
    FeatureMatrix rows = new FeatureMatrix(actual.length, 2 + 2 * features);
    rows.append(actual);
    rows.append(expected);
    for (int feature = 0; feature < features; feature++) {
      float[] mended = actual.clone();
      encoder.copyFeature(feature, expected, mended);
      rows.append(mended);
      float[] spoilt = expected.clone();
      encoder.copyFeature(feature, actual, spoilt);
      rows.append(spoilt);
    }
    double[] fused = scorer.fuse(rows);
    double[] contributions = new double[features];
    double sum = 0;
    for (int feature = 0; feature < features; feature++) {
      double fall = fused[0] - fused[2 + 2 * feature];
      double rise = fused[3 + 2 * feature] - fused[1];
      contributions[feature] = Math.max(0, (fall + rise) / 2);
      sum += contributions[feature];
    }
    for (int feature = 0; feature < features; feature++) {
      // where nothing makes a difference, no field is to blame more than another
      contributions[feature] = sum > 0 ? contributions[feature] / sum : 1.0 / features;
    }
    return contributions;
  }
}

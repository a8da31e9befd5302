package dev.eddy.scoring;

import dev.eddy.definition.Feature;
import dev.eddy.feature.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says which fields make a record anomalous, what was expected of them, and what change of one of
 * them would make the record normal: all by asking whoever scored it for the scores of changed
 * records, in five batches whatever the number of fields. A field is changed with all that the
 * entity's context makes of it.
 *
 * <p>A field's contribution is the mean of two differences of the score: how much it falls when
 * this field alone is set to its best value, and how much it rises when this field alone is put
 * into the record that is expected throughout. The first by itself says little where several fields
 * are wrong; the two are the ends of the sum that makes a Shapley value (Lundberg and Lee, "A
 * Unified Approach to Interpreting Model Predictions", 2017, arXiv:1705.07874).
 *
 * <p>The change that makes a record normal is a counterfactual explanation (Wachter, Mittelstadt
 * and Russell, 2017, arXiv:1711.00399) that is kept to one field: of the values that were tried
 * with a normal score the one nearest to the record's own, and from there by bisection as near to
 * it as the score stays normal.
 */
final class Explainer {
  private static final double NORMAL = Explanation.NORMAL;

  /** Fields that are looked at for better values, most important first. */
  private static final int LOOKED_AT = 8;

  /** Fields whose smallest change is searched for. */
  private static final int CHANGED = 3;

  /** Another value is expected instead only if the score is lower by this, in nats. */
  private static final double CLEARLY_BETTER = 0.5;

  /** Points between two values that are tried at once; two rounds divide the way by 256. */
  private static final int POINTS = 15;

  private final WhatIf whatIf;
  private final List<Feature> features;

  Explainer(WhatIf whatIf) {
    this.whatIf = whatIf;
    this.features = whatIf.features();
  }

  /** What is known of one field while a record is being explained. */
  private static final class Field {
    private final int feature;
    private Observation best;
    private double bestScore;
    private @Nullable Observation nearest;
    private double fall;
    private double contribution;

    Field(int feature, Observation expected, double score) {
      this.feature = feature;
      this.best = expected;
      this.bestScore = score;
    }
  }

  /** Explains a record. */
  Explanation explain(Observation actual) {
    List<Observation> expected = whatIf.expected(actual);
    Observation throughout = actual;
    for (int feature = 0; feature < features.size(); feature++) {
      throughout = whatIf.copy(feature, expected.get(feature), throughout);
    }
    List<Observation> asked = new ArrayList<>(List.of(actual, throughout));
    asked.addAll(expected);
    for (int feature = 0; feature < features.size(); feature++) {
      asked.add(whatIf.copy(feature, actual, throughout));
    }
    double[] scores = whatIf.score(asked);
    List<Field> fields = new ArrayList<>();
    double[] rises = new double[features.size()];
    for (int feature = 0; feature < features.size(); feature++) {
      Field field = new Field(feature, expected.get(feature), scores[2 + feature]);
      field.fall = scores[0] - field.bestScore;
      rises[feature] = scores[2 + features.size() + feature] - scores[1];
      fields.add(field);
    }
    share(fields, rises);
    boolean anomalous = scores[0] > NORMAL;
    lookForBetter(actual, scores[0], anomalous, ordered(fields));
    share(fields, rises);
    List<Field> ordered = ordered(fields);
    if (anomalous) {
      approach(actual, ordered.subList(0, Math.min(CHANGED, ordered.size())));
    }
    return new Explanation(
        scores[0], ordered.stream().map(field -> contribution(actual, field)).toList());
  }

  private static List<Field> ordered(List<Field> fields) {
    return fields.stream()
        .sorted(Comparator.comparingDouble((Field field) -> field.contribution).reversed())
        .toList();
  }

  private static void share(List<Field> fields, double[] rises) {
    double sum = 0;
    for (Field field : fields) {
      field.contribution = Math.max(0, (field.fall + rises[field.feature]) / 2);
      sum += field.contribution;
    }
    for (Field field : fields) {
      // where nothing makes a difference, no field is to blame more than another
      field.contribution = sum > 0 ? field.contribution / sum : 1.0 / fields.size();
    }
  }

  /** Tries other values of the fields that count most. */
  private void lookForBetter(
      Observation actual, double score, boolean anomalous, List<Field> ordered) {
    List<Field> asked = ordered.subList(0, Math.min(LOOKED_AT, ordered.size()));
    List<List<Observation>> tried =
        asked.stream().map(field -> whatIf.alternatives(actual, field.feature)).toList();
    double[] scores = whatIf.score(tried.stream().flatMap(List::stream).toList());
    int next = 0;
    for (int i = 0; i < asked.size(); i++) {
      Field field = asked.get(i);
      if (anomalous && field.bestScore <= NORMAL) {
        field.nearest = field.best;
      }
      double limit = field.bestScore - CLEARLY_BETTER;
      for (Observation other : tried.get(i)) {
        double found = scores[next++];
        if (found < limit) {
          field.best = other;
          field.bestScore = found;
          limit = found;
        }
        if (anomalous && found <= NORMAL && isNearer(actual, field, other)) {
          field.nearest = other;
        }
      }
      field.fall = score - field.bestScore;
    }
  }

  private boolean isNearer(Observation actual, Field field, Observation other) {
    Observation nearest = field.nearest;
    return nearest == null
        || whatIf.distance(field.feature, actual, other)
            < whatIf.distance(field.feature, actual, nearest);
  }

  /** Goes from the nearest normal value towards the record's own as far as it stays normal. */
  private void approach(Observation actual, List<Field> fields) {
    Observation[] far = new Observation[fields.size()];
    Arrays.fill(far, actual);
    for (int round = 0; round < 2; round++) {
      List<List<Observation>> ways = new ArrayList<>();
      for (int i = 0; i < far.length; i++) {
        Observation near = fields.get(i).nearest;
        ways.add(
            near == null ? List.of() : whatIf.between(fields.get(i).feature, near, far[i], POINTS));
      }
      double[] scores = whatIf.score(ways.stream().flatMap(List::stream).toList());
      int start = 0;
      for (int i = 0; i < far.length; i++) {
        List<Observation> way = ways.get(i);
        int from = start;
        int normal =
            (int)
                IntStream.range(0, way.size())
                    .takeWhile(point -> scores[from + point] <= NORMAL)
                    .count();
        far[i] = normal < way.size() ? way.get(normal) : far[i];
        fields.get(i).nearest = normal > 0 ? way.get(normal - 1) : fields.get(i).nearest;
        start += way.size();
      }
    }
  }

  private Contribution contribution(Observation actual, Field field) {
    return new Contribution(
        features.get(field.feature).name(),
        whatIf.text(field.feature, actual),
        whatIf.text(field.feature, field.best),
        field.nearest == null ? null : whatIf.text(field.feature, field.nearest),
        field.contribution);
  }
}

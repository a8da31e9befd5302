package dev.eddy.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.eddy.evaluation.quality.EncodedRows;
import dev.eddy.evaluation.quality.LabelTrees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How likely a row's class is to a classifier of the real training rows. Rows whose own class is
 * unlikely are mostly a generator's mistakes; to leave them out helps who trains on the others, and
 * hands on some of what the classifier knows. Immutable.
 */
final class LabelConsistency {
  /** Name of the rule, as rejections count it. */
  static final String RULE = "label consistency";

  private static final int MOST_ROWS = 50_000;

  private final TokenEncoder encoder;
  private final List<String> classes;
  private final LabelTrees trees;

  private LabelConsistency(TokenEncoder encoder, List<String> classes, LabelTrees trees) {
    this.encoder = encoder;
    this.classes = classes;
    this.trees = trees;
  }

  /**
   * Learns to classify.
   *
   * @throws IllegalArgumentException if there is one class only, or this machine cannot classify
   */
  static LabelConsistency train(
      TokenEncoder encoder, List<String> classes, List<SyntheticRow> training, long seed) {
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "label consistency must have two classes to tell apart, got " + classes);
    }
    if (!LabelTrees.isAvailable()) {
      throw new IllegalArgumentException(
          "label consistency must have LightGBM, got a machine that cannot load it");
    }
    List<SyntheticRow> some = new ArrayList<>(training);
    Collections.shuffle(some, new java.util.Random(new SplittableRandom(seed).nextLong()));
    some = some.subList(0, Math.min(MOST_ROWS, some.size()));
    return new LabelConsistency(encoder, classes, LabelTrees.train(encode(encoder, classes, some)));
  }

  /** Reads what {@link #write} wrote; null: there is none. */
  static @Nullable LabelConsistency read(
      TokenEncoder encoder, List<String> classes, @Nullable JsonNode json) {
    if (json == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    json.forEach(text -> texts.add(text.asText()));
    return new LabelConsistency(encoder, classes, new LabelTrees(texts));
  }

  void write(ArrayNode json) {
    trees.texts().forEach(json::add);
  }

  /** Returns how likely the own class of each row is, in [0, 1]. */
  double[] ownShares(List<SyntheticRow> rows) {
    return trees.ownShares(encode(encoder, classes, rows));
  }

  /** Numbers as they are, categories as their tokens. */
  private static EncodedRows encode(
      TokenEncoder encoder, List<String> classes, List<SyntheticRow> rows) {
    int columns = encoder.columns().size();
    float[] cells = new float[rows.size() * columns];
    int[] classOf = new int[rows.size()];
    for (int i = 0; i < classOf.length; i++) {
      SyntheticRow row = rows.get(i);
      int[] tokens = encoder.encode(row);
      for (int column = 0; column < columns; column++) {
        cells[i * columns + column] =
            column < encoder.numbers() ? (float) row.numbers()[column] : tokens[column];
      }
      classOf[i] = classes.indexOf(row.labelClass());
    }
    return new EncodedRows(columns, encoder.numbers(), cells, classOf, classes.size());
  }
}

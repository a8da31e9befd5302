package dev.eddy.benchmarks.augmentation;

import dev.eddy.augmentation.SyntheticRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What synthetic records are measured beside. */
final class Baselines {
  private static final int NEIGHBOURS = 5;
  private static final int MOST_NEIGHBOURS = 5_000;

  private Baselines() {}

  /** Draws real rows with replacement: the noise of the figures, and no privacy at all. */
  static List<SyntheticRow> bootstrap(List<SyntheticRow> real, int rows, SplittableRandom random) {
    return IntStream.range(0, rows).mapToObj(i -> real.get(random.nextInt(real.size()))).toList();
  }

  /**
   * SMOTE-NC (Chawla et al., 2002, arXiv:1106.1813): numbers on the line between a row and one of
   * its five nearest, categories as most of the five have them. The nearest are looked for among
   * 5,000 rows of the class at most. Where both have a whole number, so has the new row.
   */
  static List<SyntheticRow> smote(List<SyntheticRow> real, int rows, SplittableRandom random) {
    List<SyntheticRow> near = new ArrayList<>(real);
    Collections.shuffle(near, new java.util.Random(random.nextLong()));
    near = near.subList(0, Math.min(near.size(), MOST_NEIGHBOURS));
    int numbers = real.get(0).numbers().length;
    double[] scales = new double[numbers];
    for (int i = 0; i < numbers; i++) {
      int column = i;
      double mean = near.stream().mapToDouble(r -> r.numbers()[column]).average().orElse(0);
      scales[i] =
          Math.sqrt(
              near.stream()
                  .mapToDouble(r -> Math.pow(r.numbers()[column] - mean, 2))
                  .average()
                  .orElse(0));
    }
    List<SyntheticRow> made = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      SyntheticRow base = real.get(random.nextInt(real.size()));
      made.add(between(base, nearest(near, base, scales), random));
    }
    return made;
  }

  private static List<SyntheticRow> nearest(
      List<SyntheticRow> rows, SyntheticRow base, double[] scales) {
    double[] distances = rows.stream().mapToDouble(row -> distance(row, base, scales)).toArray();
    // the row itself and its like are no neighbours: what lies between them is a copy
    double[] others = Arrays.stream(distances).filter(d -> d > 0).sorted().toArray();
    double most = others.length == 0 ? 0 : others[Math.min(NEIGHBOURS, others.length) - 1];
    return IntStream.range(0, rows.size())
        .filter(i -> distances[i] > 0 && distances[i] <= most)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distances[i]))
        .limit(NEIGHBOURS)
        .map(rows::get)
        .toList();
  }

  /** Squared; numbers in deviations, so that a category that differs counts as one deviation. */
  private static double distance(SyntheticRow a, SyntheticRow b, double[] scales) {
    double sum = 0;
    for (int i = 0; i < scales.length; i++) {
      double difference = (a.numbers()[i] - b.numbers()[i]) / scales[i];
      sum += Double.isFinite(difference) ? difference * difference : 0;
    }
    for (int i = 0; i < a.categories().length; i++) {
      sum += Objects.equals(a.categories()[i], b.categories()[i]) ? 0 : 1;
    }
    return sum;
  }

  private static SyntheticRow between(
      SyntheticRow base, List<SyntheticRow> nearest, SplittableRandom random) {
    if (nearest.isEmpty()) {
      return base;
    }
    SyntheticRow other = nearest.get(random.nextInt(nearest.size()));
    double share = random.nextDouble();
    double[] numbers = new double[base.numbers().length];
    for (int i = 0; i < numbers.length; i++) {
      double a = base.numbers()[i];
      double b = other.numbers()[i];
      double value = a + share * (b - a);
      numbers[i] = a == Math.rint(a) && b == Math.rint(b) ? Math.rint(value) : value;
    }
    @Nullable String[] categories = new String[base.categories().length];
    for (int i = 0; i < categories.length; i++) {
      Map<@Nullable String, Integer> counts = new HashMap<>();
      for (SyntheticRow one : nearest) {
        counts.merge(one.categories()[i], 1, Integer::sum);
      }
      categories[i] =
          counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }
    return new SyntheticRow(base.entity(), numbers, categories, base.labelClass());
  }
}

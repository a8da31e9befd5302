package dev.eddy.evaluation.quality;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Small tables with two classes: a number and a category tell them apart, another number does not.
 */
final class Tables {
  private Tables() {}

  /** Draws rows, a fifth of them of class "b". */
  static RecordTable draw(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] numbers = new double[rows][];
    String[][] categories = new String[rows][];
    String[] labels = new String[rows];
    for (int i = 0; i < rows; i++) {
      boolean b = random.nextInt(5) == 0;
      double x = random.nextGaussian() + (b ? 2 : 0);
      numbers[i] = new double[] {x, x + random.nextGaussian()};
      categories[i] = new String[] {random.nextInt(10) < (b ? 7 : 3) ? "red" : "blue"};
      labels[i] = b ? "b" : "a";
    }
    return new RecordTable(List.of("x", "y"), List.of("colour"), numbers, categories, labels);
  }

  /** A table of one number alone, all of one class. */
  static RecordTable ofNumbers(double... values) {
    double[][] numbers = new double[values.length][];
    String[] labels = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = new double[] {values[i]};
      labels[i] = "a";
    }
    return new RecordTable(List.of("x"), List.of(), numbers, new String[values.length][0], labels);
  }
}

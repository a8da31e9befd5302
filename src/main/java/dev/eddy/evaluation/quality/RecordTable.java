package dev.eddy.evaluation.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Labelled records as a table: numbers, categories and a class each. Nobody changes its arrays.
 *
 * @param numberNames names of the numbers
 * @param categoryNames names of the categories
 * @param numbers by row, then by number; NaN: missing
 * @param categories by row, then by category; null: missing
 * @param labels the class of each row
 */
@SuppressWarnings("ArrayRecordComponent") // one per evaluation; equality is never asked
public record RecordTable(
    List<String> numberNames,
    List<String> categoryNames,
    double[][] numbers,
    @Nullable String[][] categories,
    String[] labels) {

  /** Checks that all have as many rows. */
  public RecordTable {
    if (numbers.length != labels.length || categories.length != labels.length) {
      throw new IllegalArgumentException(
          "table must have as many rows of numbers and categories as labels, got %d, %d and %d"
              .formatted(numbers.length, categories.length, labels.length));
    }
    numberNames = List.copyOf(numberNames);
    categoryNames = List.copyOf(categoryNames);
  }

  /** Returns how many rows there are. */
  public int rows() {
    return labels.length;
  }

  /** Returns how many columns there are, the class not counted. */
  public int columns() {
    return numberNames.size() + categoryNames.size();
  }

  /** Returns the classes, in order. */
  public List<String> classes() {
    return List.copyOf(new TreeSet<>(Arrays.asList(labels)));
  }

  /** Returns some rows, in the given order; a row may come more than once. */
  public RecordTable select(int[] rows) {
    return new RecordTable(
        numberNames,
        categoryNames,
        Arrays.stream(rows).mapToObj(row -> numbers[row]).toArray(double[][]::new),
        Arrays.stream(rows).mapToObj(row -> categories[row]).toArray(String[][]::new),
        Arrays.stream(rows).mapToObj(row -> labels[row]).toArray(String[]::new));
  }

  /** Returns the rows of a class. */
  public RecordTable ofClass(String labelClass) {
    return select(rowsOf(labelClass));
  }

  /** Returns the places of a class's rows. */
  int[] rowsOf(String labelClass) {
    return IntStream.range(0, rows()).filter(row -> labels[row].equals(labelClass)).toArray();
  }

  /** Returns 1 for each row of a class, and 0 for the others. */
  public int[] isOf(String labelClass) {
    return Arrays.stream(labels).mapToInt(label -> label.equals(labelClass) ? 1 : 0).toArray();
  }

  /** Returns at most so many rows, at equal steps. */
  public RecordTable atMost(int most) {
    return rows() <= most
        ? this
        : select(IntStream.range(0, most).map(i -> (int) ((long) i * rows() / most)).toArray());
  }

  /**
   * Returns all rows of a class and at most about so many others, drawn from each other class in
   * proportion to its rows, at least one of each; in the order of this table.
   */
  public RecordTable keeping(String labelClass, int mostOthers, long seed) {
    int others = rows() - rowsOf(labelClass).length;
    double share = Math.min(1, (double) mostOthers / others);
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] kept = new boolean[rows()];
    for (String name : classes()) {
      int[] left = rowsOf(name);
      int wanted =
          name.equals(labelClass)
              ? left.length
              : (int) Math.max(1, Math.round(share * left.length));
      for (int i = 0; i < wanted; i++) {
        int drawn = random.nextInt(i, left.length);
        kept[left[drawn]] = true;
        left[drawn] = left[i];
      }
    }
    return select(IntStream.range(0, rows()).filter(row -> kept[row]).toArray());
  }

  /**
   * Returns rows in which the columns of each class are shuffled, each by itself: the same shapes,
   * and nothing of what goes together beyond what the class explains.
   */
  public RecordTable shuffledWithinClasses(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] otherNumbers = Arrays.stream(numbers).map(double[]::clone).toArray(double[][]::new);
    @Nullable String[][] otherCategories =
        Arrays.stream(categories).map(row -> row.clone()).toArray(String[][]::new);
    for (String name : classes()) {
      int[] places = rowsOf(name);
      for (int column = 0; column < columns(); column++) {
        int[] from = places.clone();
        for (int i = from.length - 1; i >= 0; i--) {
          int drawn = random.nextInt(i + 1);
          int row = from[drawn];
          from[drawn] = from[i];
          if (column < numberNames.size()) {
            otherNumbers[places[i]][column] = numbers[row][column];
          } else {
            int place = column - numberNames.size();
            otherCategories[places[i]][place] = categories[row][place];
          }
        }
      }
    }
    return new RecordTable(numberNames, categoryNames, otherNumbers, otherCategories, labels);
  }

  /** Returns these rows and then the others. */
  public RecordTable and(RecordTable others) {
    List<double[]> allNumbers = new ArrayList<>(Arrays.asList(numbers));
    allNumbers.addAll(Arrays.asList(others.numbers));
    List<@Nullable String[]> allCategories = new ArrayList<>(Arrays.asList(categories));
    allCategories.addAll(Arrays.asList(others.categories));
    List<String> allLabels = new ArrayList<>(Arrays.asList(labels));
    allLabels.addAll(Arrays.asList(others.labels));
    return new RecordTable(
        numberNames,
        categoryNames,
        allNumbers.toArray(double[][]::new),
        allCategories.toArray(String[][]::new),
        allLabels.toArray(String[]::new));
  }
}

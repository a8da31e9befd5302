package dev.eddy.cli.demo;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** One number for each record of a topic, by partition and offset. Not safe for several threads. */
final class OffsetTable {
  private static final int INITIAL = 4_096;

  private final Map<Integer, double[]> values = new TreeMap<>();

  /** Takes a value that is there. */
  interface Visitor {
    /** Takes the value of one record. */
    void visit(int partition, long offset, double value);
  }

  /**
   * Sets a value.
   *
   * @param value not NaN
   * @return whether there was none before
   */
  boolean put(int partition, long offset, double value) {
    int index = Math.toIntExact(offset);
    double[] column = values.computeIfAbsent(partition, p -> filled(INITIAL));
    if (index >= column.length) {
      int length = Math.max(index + 1, column.length * 2);
      double[] longer = filled(length);
      System.arraycopy(column, 0, longer, 0, column.length);
      column = longer;
      values.put(partition, longer);
    }
    boolean first = Double.isNaN(column[index]);
    column[index] = value;
    return first;
  }

  /** Returns the value; NaN: none. */
  double get(int partition, long offset) {
    double[] column = values.get(partition);
    return column == null || offset >= column.length ? Double.NaN : column[(int) offset];
  }

  /** Visits all values in the order of their coordinates. */
  void forEach(Visitor visitor) {
    values.forEach(
        (partition, column) -> {
          for (int offset = 0; offset < column.length; offset++) {
            if (!Double.isNaN(column[offset])) {
              visitor.visit(partition, offset, column[offset]);
            }
          }
        });
  }

  private static double[] filled(int length) {
    double[] column = new double[length];
    Arrays.fill(column, Double.NaN);
    return column;
  }
}

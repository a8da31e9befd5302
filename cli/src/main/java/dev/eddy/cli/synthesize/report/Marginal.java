package dev.eddy.cli.synthesize.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** One column of real and of synthetic rows over each other. */
final class Marginal {
  private static final double WIDTH = 300;
  private static final double HEIGHT = 110;
  private static final double BASE = 88;
  private static final int BINS = 30;
  private static final int MOST_VALUES = 24;
  private static final int MOST_TICKS = 8;
  private static final int LONGEST_MIDDLE = 12;
  private static final int MOST_BARS = 7;
  private static final double TAIL = 0.005;

  private Marginal() {}

  /**
   * Draws a number: real rows as bars, synthetic rows as a line over them. The outermost half per
   * cent of each end counts in the outermost bar.
   */
  static String number(
      String name, double[] real, double[] synthetic, DoubleFunction<String> axis) {
    double[] known =
        DoubleStream.concat(Arrays.stream(real), Arrays.stream(synthetic))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (known.length == 0) {
      return new Svg(WIDTH, HEIGHT, name).text("middle", WIDTH / 2, 50, "always missing").end();
    }
    double[] edges = edges(known);
    double[] realShares = shares(real, edges);
    double[] syntheticShares = shares(synthetic, edges);
    double most =
        DoubleStream.concat(Arrays.stream(realShares), Arrays.stream(syntheticShares))
            .max()
            .orElse(1);
    Svg svg = new Svg(WIDTH, HEIGHT, name + ": real and synthetic values");
    double step = WIDTH / realShares.length;
    double[] line = new double[4 * realShares.length];
    for (int bin = 0; bin < realShares.length; bin++) {
      double height = 80 * realShares[bin] / most;
      String title =
          "%s: real %s, synthetic %s"
              .formatted(
                  isByValue(known)
                      ? axis.apply(edges[bin])
                      : axis.apply(edges[bin]) + " to " + axis.apply(edges[bin + 1]),
                  Figures.percent(realShares[bin]),
                  Figures.percent(syntheticShares[bin]));
      svg.rectangle("real", bin * step + 0.5, BASE - height, step - 1, height, title);
      double top = BASE - 80 * syntheticShares[bin] / most;
      line[4 * bin] = bin * step;
      line[4 * bin + 1] = top;
      line[4 * bin + 2] = (bin + 1) * step;
      line[4 * bin + 3] = top;
    }
    svg.line("synthetic-line", line).line("axis", 0, BASE, WIDTH, BASE);
    if (isByValue(known)) {
      int every = (realShares.length + MOST_TICKS - 1) / MOST_TICKS;
      for (int bin = 0; bin < realShares.length; bin += every) {
        svg.text("middle", (bin + 0.5) * step, 103, axis.apply(edges[bin]));
      }
      return svg.end();
    }
    svg.text("start", 0, 103, axis.apply(edges[0]));
    String middle = axis.apply((edges[0] + edges[edges.length - 1]) / 2);
    if (middle.length() <= LONGEST_MIDDLE) { // a date with its time would run into the others
      svg.text("middle", WIDTH / 2, 103, middle);
    }
    return svg.text("end", WIDTH, 103, axis.apply(edges[edges.length - 1])).end();
  }

  /** Returns whether each whole number has a bar of its own. */
  private static boolean isByValue(double[] sorted) {
    return sorted[sorted.length - 1] - sorted[0] < MOST_VALUES
        && Arrays.stream(sorted).allMatch(value -> value == Math.rint(value));
  }

  /** Cuts between few values one by one, else in equal steps between the tails. */
  private static double[] edges(double[] sorted) {
    if (isByValue(sorted)) {
      int bins = (int) (sorted[sorted.length - 1] - sorted[0]) + 1;
      return DoubleStream.iterate(sorted[0], v -> v + 1).limit(bins + 1L).toArray();
    }
    double low = sorted[(int) (TAIL * (sorted.length - 1))];
    double high = sorted[(int) ((1 - TAIL) * (sorted.length - 1))];
    if (low == high) { // nearly all rows are alike: show the rest too
      low = sorted[0];
      high = sorted[sorted.length - 1];
    }
    double from = low;
    double width = (high - low) / BINS;
    return DoubleStream.iterate(0, i -> i + 1)
        .limit(BINS + 1L)
        .map(i -> from + i * width)
        .toArray();
  }

  private static double[] shares(double[] values, double[] edges) {
    int bins = edges.length - 1;
    double[] shares = new double[bins];
    double known = Math.max(1, Arrays.stream(values).filter(Double::isFinite).count());
    double width = (edges[bins] - edges[0]) / bins;
    for (double value : values) {
      if (Double.isFinite(value)) {
        int bin = width > 0 ? (int) Math.floor((value - edges[0]) / width) : 0;
        shares[Math.max(0, Math.min(bins - 1, bin))] += 1 / known;
      }
    }
    return shares;
  }

  /** Draws a category: for its most frequent values a bar of real and one of synthetic rows. */
  static String category(String name, @Nullable String[] real, @Nullable String[] synthetic) {
    Map<String, double[]> shares = new HashMap<>();
    count(real, 0, shares);
    count(synthetic, 1, shares);
    List<Map.Entry<String, double[]>> sorted = new ArrayList<>(shares.entrySet());
    sorted.sort(
        (a, b) ->
            a.getValue()[0] != b.getValue()[0]
                ? Double.compare(b.getValue()[0], a.getValue()[0])
                : a.getKey().compareTo(b.getKey()));
    if (sorted.size() > MOST_BARS) {
      double[] rest = new double[2];
      List<Map.Entry<String, double[]>> others = sorted.subList(MOST_BARS - 1, sorted.size());
      others.forEach(
          entry -> {
            rest[0] += entry.getValue()[0];
            rest[1] += entry.getValue()[1];
          });
      String all = "%d others".formatted(others.size());
      others.clear();
      sorted.add(Map.entry(all, rest));
    }
    double most =
        sorted.stream()
            .mapToDouble(e -> Math.max(e.getValue()[0], e.getValue()[1]))
            .max()
            .orElse(1);
    double row = 15;
    Svg svg = new Svg(WIDTH, row * sorted.size() + 3, name + ": real and synthetic shares");
    for (int i = 0; i < sorted.size(); i++) {
      Map.Entry<String, double[]> entry = sorted.get(i);
      double[] share = entry.getValue();
      String title =
          "%s: real %s, synthetic %s"
              .formatted(entry.getKey(), Figures.percent(share[0]), Figures.percent(share[1]));
      svg.text("end", 96, i * row + 11, Svg.shortened(entry.getKey(), 16));
      svg.rectangle("real", 102, i * row + 2, 196 * share[0] / most, 6, title);
      svg.rectangle("synthetic", 102, i * row + 8.5, 196 * share[1] / most, 4, title);
    }
    return svg.end();
  }

  private static void count(@Nullable String[] values, int which, Map<String, double[]> shares) {
    for (String value : values) {
      shares.computeIfAbsent(value == null ? "(missing)" : value, v -> new double[2])[which] +=
          1.0 / values.length;
    }
  }
}

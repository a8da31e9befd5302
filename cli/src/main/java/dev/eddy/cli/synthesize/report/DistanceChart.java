package dev.eddy.cli.synthesize.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** How far rows are from their nearest training row: held-out rows as bars, synthetic as a line. */
final class DistanceChart {
  private static final double WIDTH = 1_100;
  private static final double HEIGHT = 230;
  private static final double BASE = 200;
  private static final int BINS = 50;

  private DistanceChart() {}

  /** Draws both; the mark stands where 5 % of the held-out rows are nearer. */
  static String draw(double[] heldOut, double[] synthetic) {
    double[] sorted =
        DoubleStream.concat(Arrays.stream(heldOut), Arrays.stream(synthetic)).sorted().toArray();
    double high = Math.max(1e-9, sorted[(int) (0.99 * (sorted.length - 1))]);
    double[] natural = shares(heldOut, high);
    double[] found = shares(synthetic, high);
    double most = DoubleStream.concat(Arrays.stream(natural), Arrays.stream(found)).max().orElse(1);
    Svg svg = new Svg(WIDTH, HEIGHT, "distance to the nearest training row");
    double step = WIDTH / BINS;
    double[] line = new double[4 * BINS];
    for (int bin = 0; bin < BINS; bin++) {
      double height = 170 * natural[bin] / most;
      String title =
          "%s to %s: held-out %s, synthetic %s"
              .formatted(
                  Figures.brief(high * bin / BINS),
                  Figures.brief(high * (bin + 1) / BINS),
                  Figures.percent(natural[bin]),
                  Figures.percent(found[bin]));
      svg.rectangle("real", bin * step + 0.5, BASE - height, step - 1, height, title);
      double top = BASE - 170 * found[bin] / most;
      line[4 * bin] = bin * step;
      line[4 * bin + 1] = top;
      line[4 * bin + 2] = (bin + 1) * step;
      line[4 * bin + 3] = top;
    }
    double[] held = heldOut.clone();
    Arrays.sort(held);
    double close = Math.min(WIDTH - 2, held[(int) (0.05 * (held.length - 1))] / high * WIDTH);
    svg.line("synthetic-line", line).line("axis", 0, BASE, WIDTH, BASE);
    svg.line("mark", close, 12, close, BASE);
    svg.text(
        close < WIDTH / 2 ? "start" : "end",
        close < WIDTH / 2 ? close + 5 : close - 5,
        20,
        "5 % of held-out rows are nearer");
    svg.text("start", 0, 218, "0: a copy");
    return svg.text("end", WIDTH, 218, Figures.brief(high)).end();
  }

  private static double[] shares(double[] distances, double high) {
    double[] shares = new double[BINS];
    for (double distance : distances) {
      shares[Math.min(BINS - 1, (int) (distance / high * BINS))] += 1.0 / distances.length;
    }
    return shares;
  }
}

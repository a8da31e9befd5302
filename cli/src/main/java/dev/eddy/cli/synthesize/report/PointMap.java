package dev.eddy.cli.synthesize.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Rows as dots, coloured by class. */
final class PointMap {
  private static final double WIDTH = 420;
  private static final double HEIGHT = 300;
  private static final double TAIL = 0.005;

  private final double[] low = new double[2];
  private final double[] high = new double[2];

  /** Fixes the section of the plane so that nearly all of these rows lie in it. */
  PointMap(double[][] places, double[][] others) {
    for (int axis = 0; axis < 2; axis++) {
      int which = axis;
      double[] sorted =
          DoubleStream.concat(
                  Arrays.stream(places).mapToDouble(place -> place[which]),
                  Arrays.stream(others).mapToDouble(place -> place[which]))
              .sorted()
              .toArray();
      double from = sorted[(int) (TAIL * (sorted.length - 1))];
      double to = sorted[(int) ((1 - TAIL) * (sorted.length - 1))];
      double margin = Math.max(1e-9, 0.06 * (to - from));
      low[axis] = from - margin;
      high[axis] = to + margin;
    }
  }

  /**
   * Draws one panel.
   *
   * @param classes the classes that have colours of their own, in order; others share the last
   */
  String draw(String title, double[][] places, String[] labels, List<String> classes, int colours) {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    svg.rectangle("frame", 0.5, 0.5, WIDTH - 1, HEIGHT - 1, "");
    for (int i = 0; i < places.length; i++) {
      double x = scaled(places[i][0], 0) * WIDTH;
      double y = (1 - scaled(places[i][1], 1)) * HEIGHT;
      if (x >= 2 && x <= WIDTH - 2 && y >= 2 && y <= HEIGHT - 2) {
        int colour = Math.min(colours - 1, classes.indexOf(labels[i]));
        svg.dot("class" + Math.max(0, colour), x, y, 2.2);
      }
    }
    return svg.end();
  }

  private double scaled(double value, int axis) {
    return (value - low[axis]) / (high[axis] - low[axis]);
  }
}

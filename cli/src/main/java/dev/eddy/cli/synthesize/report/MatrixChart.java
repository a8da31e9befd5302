package dev.eddy.cli.synthesize.report;

import java.util.List;
import java.util.Locale;

/** A matrix as coloured squares: blue below 0, neutral at 0, orange above. */
final class MatrixChart {
  private static final double SIDE = 340;
  private static final double LABELS = 92;

  private MatrixChart() {}

  /** Draws values in [-1, 1]; what lies beyond is drawn as the end. */
  static String draw(String title, List<String> names, double[][] matrix) {
    double size = (SIDE - LABELS) / names.size();
    boolean named = size >= 7;
    Svg svg = new Svg(SIDE, SIDE, title);
    for (int i = 0; i < names.size(); i++) {
      if (named) {
        svg.text(
            "end", LABELS - 5, LABELS + i * size + size / 2 + 3.5, Svg.shortened(names.get(i), 15));
        svg.uprightText(
            LABELS + i * size + size / 2 + 3.5, LABELS - 5, Svg.shortened(names.get(i), 15));
      }
      for (int j = 0; j < names.size(); j++) {
        String cell =
            "%s and %s: %s".formatted(names.get(i), names.get(j), Figures.three(matrix[i][j]));
        svg.cell(colour(matrix[i][j]), LABELS + j * size, LABELS + i * size, size - 0.6, cell);
      }
    }
    return svg.end();
  }

  /** Mixes the page's own colours, so that it follows light and dark. */
  static String colour(double value) {
    double strength = 100 * Math.min(1, Math.abs(value));
    return String.format(
        Locale.ROOT,
        "color-mix(in oklab,var(--%s) %.0f%%,var(--zero))",
        value < 0 ? "minus" : "plus",
        strength);
  }
}

package dev.eddy.cli.evaluate;

import dev.eddy.evaluation.LabelledTable;
import dev.eddy.evaluation.Quality;
import dev.eddy.event.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an evaluation found, written line by line for a person. */
final class ReportText {
  private static final String FUSED = "Eddy, all parts together";

  /** Below that a score is not useless but turned around. */
  private static final double WORSE_THAN_CHANCE = 0.4;

  /** With fewer anomalies a score of no use falls below by chance. */
  private static final int FEWEST_ANOMALIES = 20;

  private final StringBuilder text = new StringBuilder();

  ReportText() {}

  @SuppressWarnings("AnnotateFormatMethod") // formats are built of constants by the callers
  void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  void blank() {
    text.append('\n');
  }

  /** Writes how the columns and the rows of a file were taken. */
  void taken(LabelledTable table, long unlabelled, long late) {
    String over =
        unlabelled == 0
            ? ""
            : String.format(
                Locale.ROOT, "; %,d rows have no label and are passed over", unlabelled);
    line("normal: %s%s", String.join(", ", table.normal()), over);
    LeftOut.inWords(table.leftOut()).forEach(reason -> line("left out %s", reason));
    if (late > 0) {
      line(
          "warning: %,d rows are older than one of their entity before them; sort the file by time",
          late);
    }
  }

  /**
   * Writes how well each score tells anomalies from normal rows.
   *
   * @param anomalies that were measured on
   */
  void qualities(
      Quality fused, Map<String, Quality> parts, Map<String, Quality> references, long anomalies) {
    int width = FUSED.length();
    for (String name : parts.keySet()) {
      width = Math.max(width, 2 + name.length());
    }
    String format = "%-" + width + "s  %5s  %5s";
    line(format, "", "AUROC", "AUPRC");
    line(format, FUSED, figure(fused.auroc()), figure(fused.auprc()));
    parts.forEach((name, of) -> line(format, "  " + name, figure(of.auroc()), figure(of.auprc())));
    references.forEach(
        (name, of) -> line(format, "reference: " + name, figure(of.auroc()), figure(of.auprc())));
    if (anomalies >= FEWEST_ANOMALIES) {
      warn(fused, parts);
    }
  }

  private void warn(Quality fused, Map<String, Quality> parts) {
    if (fused.auroc() < WORSE_THAN_CHANCE) {
      line("warning: anomalies score below normal rows; does --normal name the normal value?");
      return;
    }
    List<String> worse = new ArrayList<>();
    parts.forEach(
        (name, of) -> {
          if (of.auroc() < WORSE_THAN_CHANCE) {
            worse.add(name);
          }
        });
    if (!worse.isEmpty()) {
      line("warning: far worse than chance on these rows: %s", String.join(", ", worse));
    }
  }

  void speed(double trainSeconds, double rowsPerSecond) {
    line(
        "trained in %.1f s, scores %,.0f rows a second on one thread", trainSeconds, rowsPerSecond);
  }

  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.3g %%", 100 * share) : "-";
  }

  private static String figure(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "-";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

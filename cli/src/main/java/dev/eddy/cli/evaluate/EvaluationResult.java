package dev.eddy.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.evaluation.DetectionReport;
import dev.eddy.evaluation.FalseAlarms;
import dev.eddy.evaluation.LabelledTable;
import dev.eddy.evaluation.Protocol;
import dev.eddy.evaluation.Quality;
import dev.eddy.event.LeftOut;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One evaluation as it is printed: for a person, or as one JSON object. */
record EvaluationResult(
    Path file,
    LabelledTable table,
    Protocol protocol,
    double labelledShare,
    long seed,
    DetectionReport report) {

  /** Writes one JSON object; a figure without a value is null. */
  String toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("rows", table.rows().size());
    json.put("rowsInFile", table.rowsInFile());
    json.put("unlabelledRows", table.unlabelled());
    json.put("lateRows", table.late());
    json.put("features", table.definition().features().size());
    json.put("leftOut", table.leftOut());
    json.put("normal", table.normal());
    json.put("anomalies", table.anomalies());
    json.put("protocol", protocol.word());
    if (protocol == Protocol.LABELLED) {
      json.put("labelledShare", labelledShare);
      json.put("labelledAnomalies", report.labelledAnomalies());
    }
    json.put("seed", seed);
    json.put("device", report.device().name());
    json.put("trainingRows", report.trainingRows());
    json.put("testRows", report.testRows());
    json.put("testAnomalies", report.testAnomalies());
    json.put("trainSeconds", rounded(report.trainSeconds()));
    json.put("scoreRowsPerSecond", Math.round(report.scoreRowsPerSecond()));
    json.put("auroc", rounded(report.fused().auroc()));
    json.put("auprc", rounded(report.fused().auprc()));
    json.put("recallAtPrecision90", rounded(report.recallAtPrecision90()));
    json.put("detectors", json(report.detectors()));
    json.put("references", json(report.references()));
    List<Map<String, @Nullable Object>> alarms = new ArrayList<>();
    for (FalseAlarms rate : report.falseAlarms()) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("promised", rate.promised());
      entry.put("realised", rounded(rate.realised()));
      alarms.add(entry);
    }
    json.put("falseAlarms", alarms);
    Map<String, @Nullable Object> recalls = new LinkedHashMap<>();
    report.recallByClass().forEach((name, recall) -> recalls.put(name, rounded(recall)));
    json.put("recallByClass", recalls);
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> json(Map<String, Quality> qualities) {
    Map<String, Object> json = new LinkedHashMap<>();
    qualities.forEach(
        (name, quality) -> {
          Map<String, @Nullable Object> entry = new LinkedHashMap<>();
          entry.put("auroc", rounded(quality.auroc()));
          entry.put("auprc", rounded(quality.auprc()));
          json.put(name, entry);
        });
    return json;
  }

  private static @Nullable Double rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e6) / 1e6 : null;
  }

  /** Writes a line a reason: a wide table may leave out hundreds of columns for one. */
  private void leftOut(StringBuilder text) {
    LeftOut.inWords(table.leftOut()).forEach(reason -> line(text, "left out %s", reason));
  }

  /** Writes some lines for a person. */
  String toText() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s: %,d rows%s, %,d anomalies, %d features",
        file,
        table.rows().size(),
        sampled(),
        table.anomalies(),
        table.definition().features().size());
    line(text, "normal: %s%s", String.join(", ", table.normal()), unlabelled());
    leftOut(text);
    if (table.late() > 0) {
      line(
          text,
          "warning: %,d rows are older than one of their entity before them; sort the file by time",
          table.late());
    }
    line(
        text,
        "%s, seed %d, on %s: learned from %,d rows%s, measured on %,d with %,d anomalies",
        protocol.word(),
        seed,
        report.device().name(),
        report.trainingRows(),
        labels(),
        report.testRows(),
        report.testAnomalies());
    text.append('\n');
    int width = width();
    line(text, "%-" + width + "s  AUROC  AUPRC", "");
    row(text, width, "Eddy, all parts together", report.fused());
    report.detectors().forEach((name, quality) -> row(text, width, "  " + name, quality));
    report.references().forEach((name, quality) -> row(text, width, "reference: " + name, quality));
    text.append('\n');
    line(
        text,
        "anomalies found where 9 of 10 alarms are right: %s",
        percent(report.recallAtPrecision90()));
    for (FalseAlarms rate : report.falseAlarms()) {
      line(
          text,
          "false alarms promised %s: came %s of normal rows",
          percent(rate.promised()),
          percent(rate.realised()));
    }
    if (report.recallByClass().size() > 1) {
      line(text, "found by class, at %s false alarms promised:", percent(DetectionReport.ALARM));
      report
          .recallByClass()
          .forEach((name, recall) -> line(text, "  %s: %s", name, percent(recall)));
    }
    line(
        text,
        "trained in %.1f s, scores %,.0f rows a second on one thread",
        report.trainSeconds(),
        report.scoreRowsPerSecond());
    return text.toString();
  }

  private int width() {
    int longest = "Eddy, all parts together".length();
    for (String name : report.detectors().keySet()) {
      longest = Math.max(longest, 2 + name.length());
    }
    return longest;
  }

  private String sampled() {
    return table.rowsInFile() > table.rows().size()
        ? String.format(Locale.ROOT, " (sampled from %,d)", table.rowsInFile())
        : "";
  }

  private String unlabelled() {
    return table.unlabelled() == 0
        ? ""
        : String.format(
            Locale.ROOT, "; %,d rows have no label and are passed over", table.unlabelled());
  }

  private String labels() {
    return protocol == Protocol.LABELLED
        ? String.format(Locale.ROOT, " (%d anomalies labelled)", report.labelledAnomalies())
        : "";
  }

  private static void row(StringBuilder text, int width, String name, Quality quality) {
    line(text, "%-" + width + "s  %s  %s", name, figure(quality.auroc()), figure(quality.auprc()));
  }

  private static String figure(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "    -";
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.3g %%", 100 * share) : "-";
  }

  @SuppressWarnings("AnnotateFormatMethod") // formats are built of constants above
  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}

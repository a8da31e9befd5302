package dev.eddy.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.evaluation.DetectionReport;
import dev.eddy.evaluation.FalseAlarms;
import dev.eddy.evaluation.LabelledTable;
import dev.eddy.evaluation.Protocol;
import dev.eddy.evaluation.Quality;
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

  /** Writes some lines for a person. */
  String toText() {
    ReportText text = new ReportText();
    text.line(
        "%s: %,d rows%s, %,d anomalies, %d features",
        file,
        table.rows().size(),
        sampled(),
        table.anomalies(),
        table.definition().features().size());
    text.taken(table, table.unlabelled(), table.late());
    text.line(
        "%s, seed %d, on %s: learned from %,d rows%s, measured on %,d with %,d anomalies",
        protocol.word(),
        seed,
        report.device().name(),
        report.trainingRows(),
        labels(),
        report.testRows(),
        report.testAnomalies());
    text.blank();
    text.qualities(report.fused(), report.detectors(), report.references(), report.testAnomalies());
    text.blank();
    text.line(
        "anomalies found where 9 of 10 alarms are right: %s",
        ReportText.percent(report.recallAtPrecision90()));
    for (FalseAlarms rate : report.falseAlarms()) {
      text.line(
          "false alarms promised %s: came %s of normal rows",
          ReportText.percent(rate.promised()), ReportText.percent(rate.realised()));
    }
    if (report.recallByClass().size() > 1) {
      text.line(
          "found by class, at %s false alarms promised:",
          ReportText.percent(DetectionReport.ALARM));
      report
          .recallByClass()
          .forEach((name, recall) -> text.line("  %s: %s", name, ReportText.percent(recall)));
    }
    text.speed(report.trainSeconds(), report.scoreRowsPerSecond());
    return text.toString();
  }

  private String sampled() {
    return table.rowsInFile() > table.rows().size()
        ? String.format(Locale.ROOT, " (sampled from %,d)", table.rowsInFile())
        : "";
  }

  private String labels() {
    return protocol == Protocol.LABELLED
        ? String.format(Locale.ROOT, " (%d anomalies labelled)", report.labelledAnomalies())
        : "";
  }
}

package dev.eddy.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import dev.eddy.evaluation.NabScorer;
import dev.eddy.evaluation.SeriesReport;
import dev.eddy.evaluation.SeriesScores;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Series that one model scored, as they are printed.
 *
 * @param about what was measured and how, by the names of the JSON object
 */
record SeriesResult(Map<String, Object> about, SeriesReport report) {
  private static final double[] PROMISES = {0.05, 0.01, 0.001};

  /**
   * Scores the series as the Numenta Anomaly Benchmark does, in the standard profile.
   *
   * @param quiet for how long after an alert an entity raises no other
   */
  Map<String, @Nullable Object> nab(Duration quiet) {
    NabScorer scorer = new NabScorer(NabScorer.STANDARD, quiet);
    report.series().forEach(of -> scorer.add(of.anomalous(), of.times(), of.scores()));
    NabScorer.Result result = scorer.result();
    Map<String, @Nullable Object> json = measured();
    json.put("quiet", quiet.toString());
    json.put("nabScore", rounded(result.score()));
    json.put("threshold", rounded(result.threshold()));
    json.put("windows", result.windows());
    json.put("windowsFound", result.found());
    json.put("falseDetections", result.falseDetections());
    return json;
  }

  /** Returns what all evaluations tell; a figure without a value is null. */
  private Map<String, @Nullable Object> measured() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(about);
    json.put("trainSeconds", rounded(report.trainSeconds()));
    json.put("scoreRowsPerSecond", Math.round(report.scoreRowsPerSecond()));
    json.put("auroc", rounded(report.fused().auroc()));
    json.put("auprc", rounded(report.fused().auprc()));
    Map<String, Object> detectors = new LinkedHashMap<>();
    report
        .detectors()
        .forEach(
            (name, quality) -> {
              Map<String, @Nullable Object> entry = new LinkedHashMap<>();
              entry.put("auroc", rounded(quality.auroc()));
              entry.put("auprc", rounded(quality.auprc()));
              detectors.put(name, entry);
            });
    json.put("detectors", detectors);
    return json;
  }

  /** Pools the rows that were not learned from, and measures at the promised rates. */
  Map<String, @Nullable Object> pooled() {
    List<LabelledScore> rows = new ArrayList<>();
    for (SeriesScores of : report.series()) {
      for (int row = of.learned(); row < of.anomalous().length; row++) {
        rows.add(LabelledScore.of(of.scores()[row], of.anomalous()[row]));
      }
    }
    Map<String, @Nullable Object> json = measured();
    List<Map<String, @Nullable Object>> atPromises = new ArrayList<>();
    for (double promise : PROMISES) {
      double threshold = -Math.log(promise);
      double recall = DetectionMetrics.recall(rows, threshold).orElse(0);
      double precision = DetectionMetrics.precision(rows, threshold).orElse(0);
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("promised", promise);
      entry.put("realised", rounded(DetectionMetrics.falseAlarmRate(rows, threshold)));
      entry.put("precision", rounded(precision));
      entry.put("recall", rounded(recall));
      entry.put("f1", rounded(2 * precision * recall / Math.max(1e-12, precision + recall)));
      atPromises.add(entry);
    }
    json.put("falseAlarms", atPromises);
    return json;
  }

  /** Writes one JSON object. */
  static String toJson(Map<String, @Nullable Object> figures) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a line for each figure. */
  static String toText(Map<String, @Nullable Object> figures) {
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (name, value) -> {
          if (value instanceof List<?> entries) {
            entries.forEach(entry -> line(text, name, entry));
          } else if (value instanceof Map<?, ?> entries) {
            entries.forEach((of, entry) -> line(text, name, of + " " + entry));
          } else {
            line(text, name, value);
          }
        });
    return text.toString();
  }

  private static void line(StringBuilder text, String name, @Nullable Object value) {
    text.append(String.format(Locale.ROOT, "%-14s %s%n", name, value == null ? "-" : value));
  }

  private static @Nullable Double rounded(OptionalDouble value) {
    return value.isPresent() ? rounded(value.getAsDouble()) : null;
  }

  private static @Nullable Double rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 : null;
  }
}

package dev.eddy.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.definition.Quantity;
import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import dev.eddy.evaluation.LabelledTable;
import dev.eddy.evaluation.NabScorer;
import dev.eddy.evaluation.SeriesReport;
import dev.eddy.evaluation.SeriesScores;
import dev.eddy.model.ModelDevice;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Series that one model scored, as they are printed: for a person, or as one JSON object.
 *
 * @param files in the order of the tables
 * @param tables of which the first says what the columns are
 * @param quiet for how long after an alert an entity raises no other, where the Numenta Anomaly
 *     Benchmark scores; null: the rows that were not learned from are pooled
 */
record SeriesResult(
    List<Path> files,
    List<LabelledTable> tables,
    long seed,
    ModelDevice device,
    @Nullable Duration quiet,
    SeriesReport report) {
  private static final double[] PROMISES = {0.05, 0.01, 0.001};

  /** What comes of a threshold that promises so many false alarms. */
  private record AtPromise(
      double promised, OptionalDouble realised, double precision, double recall) {
    double f1() {
      return 2 * precision * recall / Math.max(1e-12, precision + recall);
    }
  }

  SeriesResult {
    files = List.copyOf(files);
    tables = List.copyOf(tables);
  }

  private LabelledTable table() {
    return tables.get(0);
  }

  private long sum(ToLongFunction<LabelledTable> of) {
    return tables.stream().mapToLong(of).sum();
  }

  private long rows() {
    return sum(table -> table.rows().size());
  }

  private String protocol() {
    return quiet == null ? "train-rows" : "nab";
  }

  /** Returns the rows that were not learned from. */
  private List<LabelledScore> pooled() {
    List<LabelledScore> rows = new ArrayList<>();
    for (SeriesScores of : report.series()) {
      for (int row = of.learned(); row < of.anomalous().length; row++) {
        rows.add(LabelledScore.of(of.scores()[row], of.anomalous()[row]));
      }
    }
    return rows;
  }

  private static List<AtPromise> atPromises(List<LabelledScore> rows) {
    List<AtPromise> all = new ArrayList<>();
    for (double promise : PROMISES) {
      double threshold = -Math.log(promise);
      all.add(
          new AtPromise(
              promise,
              DetectionMetrics.falseAlarmRate(rows, threshold),
              DetectionMetrics.precision(rows, threshold).orElse(0),
              DetectionMetrics.recall(rows, threshold).orElse(0)));
    }
    return all;
  }

  /** Scores as the benchmark does in its standard profile. */
  private static NabScorer.Result benchmark(SeriesReport report, Duration quiet) {
    NabScorer scorer = new NabScorer(NabScorer.STANDARD, quiet);
    report.series().forEach(of -> scorer.add(of.anomalous(), of.times(), of.scores()));
    return scorer.result();
  }

  /** Writes one JSON object; a figure without a value is null. */
  String toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rows", rows());
    json.put("unlabelledRows", sum(LabelledTable::unlabelled));
    json.put("lateRows", sum(LabelledTable::late));
    json.put("features", table().definition().features().size());
    json.put("leftOut", table().leftOut());
    json.put("normal", table().normal());
    json.put("anomalies", sum(LabelledTable::anomalies));
    json.put("protocol", protocol());
    json.put("seed", seed);
    json.put("device", device.name());
    json.put("series", report.series().size());
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
    if (quiet == null) {
      json.put("falseAlarms", atPromises(pooled()).stream().map(SeriesResult::json).toList());
    } else {
      NabScorer.Result result = benchmark(report, quiet);
      json.put("quiet", quiet.toString());
      json.put("nabScore", rounded(result.score()));
      json.put("threshold", rounded(result.threshold()));
      json.put("windows", result.windows());
      json.put("windowsFound", result.found());
      json.put("falseDetections", result.falseDetections());
    }
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, @Nullable Object> json(AtPromise of) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("promised", of.promised());
    entry.put("realised", rounded(of.realised().orElse(Double.NaN)));
    entry.put("precision", rounded(of.precision()));
    entry.put("recall", rounded(of.recall()));
    entry.put("f1", rounded(of.f1()));
    return entry;
  }

  /** Writes some lines for a person. */
  String toText() {
    List<LabelledScore> rest = pooled();
    long anomalies = rest.stream().filter(LabelledScore::anomalous).count();
    ReportText text = new ReportText();
    text.line(
        "%s: %,d rows of %s, %,d anomalies, %d features",
        String.join(", ", files.stream().map(Path::toString).toList()),
        rows(),
        report.series().size() == 1 ? "1 entity" : report.series().size() + " entities",
        sum(LabelledTable::anomalies),
        table().definition().features().size());
    text.taken(table(), sum(LabelledTable::unlabelled), sum(LabelledTable::late));
    text.line(
        "%s, seed %d, on %s: learned from the first %,d rows of the entities, measured on %,d with"
            + " %,d anomalies",
        protocol(), seed, device.name(), rows() - rest.size(), rest.size(), anomalies);
    text.blank();
    text.qualities(report.fused(), report.detectors(), Map.of(), anomalies);
    text.blank();
    if (quiet == null) {
      for (AtPromise of : atPromises(rest)) {
        text.line(
            "false alarms promised %s: came %s of normal rows; precision %.3f, recall %.3f, F1"
                + " %.3f",
            ReportText.percent(of.promised()),
            ReportText.percent(of.realised().orElse(Double.NaN)),
            of.precision(),
            of.recall(),
            of.f1());
      }
    } else {
      NabScorer.Result result = benchmark(report, quiet);
      text.line("Numenta Anomaly Benchmark, standard profile: score %.1f", result.score());
      text.line(
          "%,d of %,d windows found, %,d false detections, at a threshold of %.2f; %s quiet after"
              + " an alert",
          result.found(),
          result.windows(),
          result.falseDetections(),
          result.threshold(),
          Quantity.text(quiet));
    }
    text.speed(report.trainSeconds(), report.scoreRowsPerSecond());
    return text.toString();
  }

  private static @Nullable Double rounded(double value) {
    return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 : null;
  }
}

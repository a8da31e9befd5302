package dev.eddy.cli.evaluate;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.evaluation.LabelledTable;
import dev.eddy.evaluation.NabScorer;
import dev.eddy.evaluation.SeriesEvaluation;
import dev.eddy.evaluation.SeriesScores;
import dev.eddy.evaluation.TableRequest;
import dev.eddy.model.ModelDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options by which each entity's rows are a series that the detector learns the start of. */
final class SeriesOptions {
  private static final int FEWEST_ROWS = 50;

  @Option(
      names = "--nab",
      description = {
        "Learn from the first 15 %% of each entity's rows, at most 750, and score the rest as the",
        "Numenta Anomaly Benchmark does, in its standard profile."
      })
  private boolean nab;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      description = "Learn from the first N rows of each entity, measure on the others.")
  private @Nullable Integer rows;

  SeriesOptions() {}

  boolean asked() {
    return nab || rows != null;
  }

  boolean allowsSeveralFiles() {
    return nab;
  }

  void check() {
    if (nab && rows != null) {
      throw new UsageException("--nab says how many rows to learn from; leave --train-rows out");
    }
    if (rows != null && rows < FEWEST_ROWS) {
      throw new UsageException("--train-rows must be at least 50, got " + rows);
    }
  }

  /** Runs all entities of all files; returns the figures by name. */
  Map<String, @Nullable Object> run(
      List<Path> files, TableRequest request, ModelDevice device, Progress progress) {
    SeriesEvaluation evaluation = new SeriesEvaluation(device, progress);
    List<SeriesScores> scores = new ArrayList<>();
    long all = 0;
    long anomalies = 0;
    int features = 0;
    for (Path file : files) {
      LabelledTable table = LabelledTable.read(file, request, progress::read);
      all += table.rows().size();
      anomalies += table.anomalies();
      features = table.definition().features().size();
      scores.addAll(evaluation.run(table, this::learn, request.seed()));
    }
    if (anomalies == 0) {
      throw new UsageException(
          "--label %s must hold anomalies too, found none in %d rows"
              .formatted(request.label(), all));
    }
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("rows", all);
    about.put("features", features);
    about.put("anomalies", anomalies);
    about.put("protocol", nab ? "nab" : "train-rows");
    about.put("seed", request.seed());
    about.put("device", evaluation.device().name());
    about.put("series", scores.size());
    SeriesResult result = new SeriesResult(about, scores);
    return nab ? result.nab() : result.pooled();
  }

  private int learn(int of) {
    int wanted = rows == null ? NabScorer.probation(of) : rows;
    if (wanted < FEWEST_ROWS || wanted >= of) {
      throw new UsageException(
          "each entity must have more rows than are learned from, at least 50, got %d of %d"
              .formatted(wanted, of));
    }
    return wanted;
  }
}

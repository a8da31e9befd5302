package dev.eddy.cli.evaluate;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.Quantity;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.LabelledObservation;
import dev.eddy.evaluation.LabelledTable;
import dev.eddy.evaluation.NabScorer;
import dev.eddy.evaluation.SeriesEvaluation;
import dev.eddy.evaluation.SeriesReport;
import dev.eddy.evaluation.TableRequest;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.ModelDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options by which rows of an entity are a series, of which the detector learns the start. */
final class SeriesOptions {
  private static final Duration QUIET = Duration.ofHours(6);

  @Option(
      names = "--nab",
      description = {
        "Learn from the first 15 %% of each entity's rows, at most 750, with one model for all of",
        "them, and score the rest as the Numenta Anomaly Benchmark does, in its standard profile."
      })
  private boolean nab;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      description = "Learn one model from the first N rows of each entity, measure on the others.")
  private @Nullable Integer rows;

  @Option(
      names = "--quiet",
      paramLabel = "T",
      description =
          "With --nab: event time after an alert in which its entity raises no other"
              + " (default: 6h).")
  private @Nullable String quiet;

  SeriesOptions() {}

  boolean asked() {
    return nab || rows != null;
  }

  /** Returns the option that asks for series. */
  String option() {
    return nab ? "--nab" : "--train-rows";
  }

  private Duration quiet() {
    Duration given = quiet == null ? QUIET : Quantity.duration(quiet);
    if (given == null) {
      throw new UsageException("--quiet must be a duration such as 6h, got " + quiet);
    }
    return given;
  }

  boolean allowsSeveralFiles() {
    return nab;
  }

  /**
   * Checks what was asked for.
   *
   * @param timed whether rows have an event time
   */
  void check(boolean timed) {
    if (nab && rows != null) {
      throw new UsageException("--nab says how many rows to learn from; leave --train-rows out");
    }
    if (nab && !timed) {
      throw new UsageException("--nab needs the event time of each row; name it by --timestamp");
    }
    if (rows != null && rows < 1) {
      throw new UsageException("--train-rows must be at least 1, got " + rows);
    }
    if (quiet != null && !nab) {
      throw new UsageException("--quiet goes with --nab, got it without");
    }
    quiet();
  }

  /** Runs all entities of all files. */
  SeriesResult run(
      List<Path> files,
      TableRequest request,
      DetectionOptions detection,
      ModelDevice device,
      Progress progress) {
    SeriesEvaluation evaluation = new SeriesEvaluation(device, progress);
    List<LabelledTable> tables = new ArrayList<>();
    for (Path file : files) {
      TableRequest of = tables.isEmpty() ? request : request.like(tables.get(0));
      tables.add(LabelledTable.read(file, of, progress::read));
    }
    List<LabelledObservation> all = tables.stream().flatMap(of -> of.rows().stream()).toList();
    if (all.stream().noneMatch(LabelledObservation::anomalous)) {
      tables.get(0).requireBothKinds(files.get(0), request.label());
    }
    StreamDefinition definition = tables.get(0).definition();
    SeriesReport report =
        evaluation.run(
            definition.withDetection(detection.applyTo(definition.detection())),
            all,
            this::learn,
            nab ? Truth.UNKNOWN : Truth.NORMAL,
            request.seed());
    return new SeriesResult(
        files, tables, request.seed(), evaluation.device(), nab ? quiet() : null, report);
  }

  private int learn(int of) {
    int wanted = rows == null ? NabScorer.probation(of) : rows;
    if (wanted >= of) {
      throw new UsageException(
          "each entity must have more rows than are learned from, got %d of %d"
              .formatted(wanted, of));
    }
    return wanted;
  }
}

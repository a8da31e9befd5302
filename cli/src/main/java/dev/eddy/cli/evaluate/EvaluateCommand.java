package dev.eddy.cli.evaluate;

import dev.eddy.cli.shell.Console;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.LearningOptions;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.DetectionEvaluation;
import dev.eddy.evaluation.DetectionReport;
import dev.eddy.evaluation.EvaluationSplit;
import dev.eddy.evaluation.FollowedTable;
import dev.eddy.evaluation.LabelledTable;
import dev.eddy.evaluation.Protocol;
import dev.eddy.evaluation.TableRequest;
import dev.eddy.model.DeviceUnavailableException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code eddy evaluate}: trains the detector on a part of a labelled file, measures on the rest.
 */
@Command(
    name = "evaluate",
    description = {
      "Measure how well the detector does on a labelled file, without Kafka.",
      "It is trained on a part of the rows, and measured on the rest.",
      "The label is used to measure by, and under the protocol labelled also to learn from."
    },
    mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
  private static final String REFERENCES = "--references";

  /** Options that say how rows are divided and measured where they are no series. */
  private static final List<String> OF_ROWS =
      List.of("--protocol", "--labelled-share", "--test", REFERENCES);

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "A .csv, .tsv or .jsonl file, or one of these as .gz; several with --nab.")
  private @Nullable List<Path> files;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COL",
      description = "Column that holds the truth.")
  private @Nullable String label;

  @Option(
      names = "--normal",
      paramLabel = "VALUE",
      split = ",",
      description = "Values of it that mean normal (default: 0, false, normal, none, ...).")
  private @Nullable List<String> normal;

  @Option(
      names = "--protocol",
      paramLabel = "P",
      defaultValue = "contaminated",
      description = {
        "contaminated: learn from 70 %% of the rows, labels hidden;",
        "one-class: learn from half of the normal rows;",
        "labelled: as contaminated, with some labels (default: ${DEFAULT-VALUE})."
      })
  private String protocol = Protocol.CONTAMINATED.word();

  @Option(
      names = "--labelled-share",
      paramLabel = "X",
      defaultValue = "0.05",
      description =
          "With --protocol labelled: share of the training anomalies whose label is known"
              + " (default: ${DEFAULT-VALUE}).")
  private double labelledShare;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Measure on this file, and learn from all of FILE that the protocol allows.")
  private @Nullable Path test;

  @Option(
      names = "--entity",
      paramLabel = "COL",
      description = "Column that names the entity: its past then counts.")
  private @Nullable String entity;

  @Option(
      names = "--timestamp",
      paramLabel = "COL",
      description = "Column with the event time: the past then counts.")
  private @Nullable String timestamp;

  @Option(
      names = "--stream",
      paramLabel = "FILE",
      description = "A stream's configuration: which columns count and how.")
  private @Nullable Path stream;

  @Mixin private final SeriesOptions series = new SeriesOptions();

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      defaultValue = "" + TableRequest.MAXIMUM_ROWS,
      description = "Of a longer file, use a random sample (default: ${DEFAULT-VALUE}).")
  private int maximumRows;

  @Option(
      names = REFERENCES,
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Measure Isolation Forest, kNN and PCA beside it (default: true).")
  private boolean references;

  @Mixin private final LearningOptions learning = new LearningOptions();

  @Mixin private final DetectionOptions detection = new DetectionOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Created by picocli. */
  public EvaluateCommand() {}

  @Override
  public Integer call() {
    LogLevels.quiet();
    check();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Progress progress = new Progress(Console.isTerminal() ? spec.commandLine().getErr() : null);
    TableRequest request = request();
    String text;
    try {
      text = series.asked() ? ofSeries(request, progress) : ofRows(request, progress);
    } finally {
      progress.end(); // a message of what went wrong must not follow on its text
    }
    out.println(text.stripTrailing());
    out.flush();
    return ExitStatus.OK;
  }

  private String ofSeries(TableRequest request, Progress progress) {
    SeriesResult result = series(request, progress);
    return json ? result.toJson() : result.toText();
  }

  private String ofRows(TableRequest request, Progress progress) {
    Path file = Objects.requireNonNull(files).get(0);
    LabelledTable table;
    EvaluationSplit split;
    if (test == null) {
      table = LabelledTable.read(file, request, progress::read);
      table.requireDivisible(file, request.label(), protocol());
      split = EvaluationSplit.of(protocol(), labelledShare, table.rows(), request.seed());
    } else {
      FollowedTable both = FollowedTable.read(file, test, request, progress::read);
      table = both.first();
      both.second().requireBothKinds(test, request.label());
      split =
          EvaluationSplit.of(
              protocol(), labelledShare, table.rows(), both.second().rows(), request.seed());
    }
    DetectionReport report = evaluate(table, split, progress);
    EvaluationResult result =
        new EvaluationResult(file, table, protocol(), labelledShare, request.seed(), report);
    return json ? result.toJson() : result.toText();
  }

  private SeriesResult series(TableRequest request, Progress progress) {
    try {
      return series.run(
          Objects.requireNonNull(files), request, detection, learning.device(), progress);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "%s: %s; %s says how many rows are learned from"
              .formatted(Objects.requireNonNull(files).get(0), e.getMessage(), series.option()));
    } catch (DeviceUnavailableException e) {
      throw new UsageException(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void check() {
    series.check(timestamp != null || stream != null);
    if (Objects.requireNonNull(files).size() > 1 && !series.allowsSeveralFiles()) {
      throw new UsageException("FILE must be one file, got " + files);
    }
    if (!(labelledShare > 0 && labelledShare <= 1)) {
      throw new UsageException("--labelled-share must be in (0, 1], got " + labelledShare);
    }
    if (maximumRows < 1) {
      throw new UsageException("--max-rows must be at least 1, got " + maximumRows);
    }
    if (given("--labelled-share") && protocol() != Protocol.LABELLED) {
      throw new UsageException(
          "--labelled-share goes with --protocol labelled, got --protocol " + protocol);
    }
    if (series.asked()) {
      OF_ROWS.forEach(this::refuseInSeries);
    }
  }

  /** A series is divided in time, and nothing is measured beside it. */
  private void refuseInSeries(String option) {
    if (given(option)) {
      throw new UsageException(
          "%s is for rows that do not follow one another; leave it out with %s"
              .formatted(
                  option.equals(REFERENCES) ? "--[no-]references" : option, series.option()));
    }
  }

  private boolean given(String option) {
    return Objects.requireNonNull(spec).commandLine().getParseResult().hasMatchedOption(option);
  }

  private Protocol protocol() {
    for (Protocol known : Protocol.values()) {
      if (known.word().equals(protocol)) {
        return known;
      }
    }
    throw new UsageException(
        "--protocol must be contaminated, one-class or labelled, got " + protocol);
  }

  private TableRequest request() {
    StreamDefinition definition = stream == null ? null : DefinitionReader.read(stream).stream();
    detection.check(definition == null ? null : definition.context());
    return new TableRequest(
        Objects.requireNonNull(label),
        entity,
        timestamp,
        definition,
        learning.ignored(),
        asSet(normal),
        maximumRows,
        learning.seed());
  }

  private static Set<String> asSet(@Nullable List<String> values) {
    return values == null ? Set.of() : new HashSet<>(values);
  }

  private DetectionReport evaluate(LabelledTable table, EvaluationSplit split, Progress progress) {
    StreamDefinition definition =
        table.definition().withDetection(detection.applyTo(table.definition().detection()));
    try {
      return new DetectionEvaluation(learning.device(), references, progress)
          .run(definition, split, learning.seed());
    } catch (IllegalArgumentException e) {
      int learned = split.training().size();
      throw new UsageException(
          "%s: %s; of its %d rows %d are learned from"
              .formatted(
                  Objects.requireNonNull(files).get(0),
                  e.getMessage(),
                  table.rows().size(),
                  learned));
    } catch (DeviceUnavailableException e) {
      throw new UsageException(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}

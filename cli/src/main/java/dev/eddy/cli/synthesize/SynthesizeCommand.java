package dev.eddy.cli.synthesize;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.eddy.augmentation.GeneratorListener;
import dev.eddy.cli.shell.Console;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.LearningOptions;
import dev.eddy.cli.shell.LogLevels;
import dev.eddy.cli.shell.OutputFile;
import dev.eddy.cli.shell.StatusLine;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.cli.synthesize.report.ReportPage;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy synthesize}: synthetic rows like those of a file, and how good they are. */
@Command(
    name = "synthesize",
    description = "Make synthetic rows like those of a file, and say how good they are.",
    mixinStandardHelpOptions = true)
public final class SynthesizeCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 10_000_000;
  private static final int FEWEST_KEPT = 100;
  private static final ObjectWriter JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writer();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A .csv, .csv.gz, .jsonl or .jsonl.gz file.")
  private @Nullable Path file;

  @Option(
      names = "--label",
      paramLabel = "COL",
      description = "Column that holds the class (default: none; all rows are of one class).")
  private @Nullable String label;

  @Option(names = "--rows", paramLabel = "N", description = "How many (default: as the file).")
  private @Nullable Integer rows;

  @Option(
      names = "--class",
      paramLabel = "C",
      description = "The only class to make (default: all, in the file's mix).")
  private @Nullable String labelClass;

  @Option(
      names = "--generator",
      paramLabel = "G",
      defaultValue = "auto",
      description = "auto, vae, gan, diffusion or copula (default: ${DEFAULT-VALUE}).")
  private GeneratorFamily family = GeneratorFamily.AUTO;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "YAML with the section augmentation: rules that every row keeps.")
  private @Nullable Path rules;

  @Option(
      names = "--label-consistency",
      paramLabel = "P",
      description = {
        "How likely a row's class must be to a classifier of the real rows, such as 0.2; less",
        "likely rows are drawn again (default: it is not asked)."
      })
  private @Nullable Double labelConsistency;

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Share of the rows that measures the others (default: ${DEFAULT-VALUE}).")
  private double heldOutShare;

  @Option(
      names = "--most-rows",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Rows to keep in memory; a larger file is sampled by class (default: 100000).")
  private int mostRows;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = {
        "File to write, .csv or .jsonl, also as .gz; one that is there is overwritten, but never",
        "the file that is read."
      })
  private @Nullable Path output;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Report to write, .html or .json; may be given twice. One that is there is overwritten.")
  private List<Path> reports = List.of();

  @Option(names = "--json", description = "Print the report on standard output, as JSON.")
  private boolean json;

  @Option(
      names = "--strict",
      description = "Write no rows, and exit with 1, where the gate does not let all classes pass.")
  private boolean strict;

  @Mixin private final LearningOptions learning = new LearningOptions();

  /** Created by picocli. */
  public SynthesizeCommand() {}

  @Override
  public Integer call() throws IOException {
    LogLevels.quiet();
    check();
    Path source = Objects.requireNonNull(file);
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter err = commandLine.getErr();
    StatusLine progress = new StatusLine(Console.isTerminal() ? err : null);
    try {
      return run(source, commandLine, progress);
    } finally {
      progress.end(); // a failure has its message on a line of its own
    }
  }

  private int run(Path source, CommandLine commandLine, StatusLine progress) throws IOException {
    PrintWriter err = commandLine.getErr();
    TableScan scan =
        TableScan.of(
            source, label, learning.ignored(), rows -> progress.show("reading: %,d rows", rows));
    TableSample sample =
        TableSample.of(
            source,
            scan,
            label,
            mostRows,
            learning.seed(),
            rows -> progress.show("sampling: %,d rows", rows));
    Table table = Table.of(scan, sample, label, learning.ignored());
    StreamDefinition definition = definition(table);
    progress.showNow(
        "learning from %,d rows", sample.byClass().values().stream().mapToInt(List::size).sum());
    Synthesis synthesis =
        Synthesis.run(
            table,
            definition,
            scan,
            sample,
            new Synthesis.Request(rows, labelClass, heldOutShare, learning.seed()),
            learning.device(),
            shown(progress),
            name -> progress.showNow("making rows: class %s", name));
    progress.showNow("writing");
    SynthesisReport report =
        SynthesisReport.of(
            source.getFileName().toString(),
            label,
            learning.seed(),
            table,
            scan,
            sample,
            synthesis);
    boolean writes = report.passed() || !strict;
    if (writes) {
      RowWriter.write(
          Objects.requireNonNull(output), table, synthesis.synthetic(), learning.seed());
    }
    for (Path path : reports) {
      write(path, report, table, definition, synthesis);
    }
    progress.end();
    if (json) {
      commandLine.getOut().println(JSON.writeValueAsString(report));
    }
    say(report, writes, err);
    return writes ? ExitStatus.OK : ExitStatus.NO;
  }

  private static GeneratorListener shown(StatusLine progress) {
    return new GeneratorListener() {
      @Override
      public void trained(String family, int step, int steps, double loss) {
        progress.show("learning: %s, step %,d of %,d", family, step, steps);
      }

      @Override
      public void measuring(String family) {
        progress.showNow("measuring: %s", family);
      }

      @Override
      public void judging(String labelClass) {
        progress.showNow("judging: class %s", labelClass);
      }

      @Override
      public void testingLift(String labelClass, String classifier) {
        progress.showNow(
            "measuring what a classifier gains: class %s, by %s", labelClass, classifier);
      }
    };
  }

  private void check() throws IOException {
    checkEnding(Objects.requireNonNull(output), "--output", List.of(".csv", ".jsonl"), true);
    reports.forEach(path -> checkEnding(path, "--report", List.of(".html", ".json"), false));
    checkOverwritten();
    if (rows != null && (rows < 1 || rows > MOST_ROWS)) {
      throw new UsageException("--rows must be in [1, %d], got %d".formatted(MOST_ROWS, rows));
    }
    if (!(heldOutShare >= 0 && heldOutShare <= 0.5)) {
      throw new UsageException("--hold-out must be in [0, 0.5], got " + heldOutShare);
    }
    if (labelConsistency != null && !(labelConsistency >= 0 && labelConsistency < 1)) {
      throw new UsageException("--label-consistency must be in [0, 1), got " + labelConsistency);
    }
    if (mostRows < FEWEST_KEPT) {
      throw new UsageException(
          "--most-rows must be at least %d, got %d".formatted(FEWEST_KEPT, mostRows));
    }
    if (label != null && learning.ignored().contains(label)) {
      throw new UsageException("--ignore must not name the label, got " + label);
    }
  }

  private static void checkEnding(Path path, String option, List<String> endings, boolean packed) {
    String name = path.getFileName().toString();
    String plain = packed && name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (endings.stream().noneMatch(plain::endsWith)) {
      throw new UsageException(
          "%s must end in %s, got %s".formatted(option, String.join(" or ", endings), name));
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UsageException(
          "%s must lie in a folder that is there, got %s".formatted(option, path));
    }
  }

  /** Refuses to write over what is read, or twice to one place. */
  private void checkOverwritten() throws IOException {
    FilePlaces places = new FilePlaces();
    places.take(Objects.requireNonNull(file), "the file that is read");
    if (rules != null) {
      places.take(rules, "the file of --rules");
    }
    places.write("--output", Objects.requireNonNull(output));
    for (Path report : reports) {
      places.write("--report", report);
    }
  }

  private StreamDefinition definition(Table table) throws IOException {
    String yaml = rules == null ? "" : Files.readString(rules);
    StreamDefinition read = table.definition(rules == null ? "synthesize" : rules.toString(), yaml);
    Generation generation = read.augmentation().generation();
    if (family != GeneratorFamily.AUTO) {
      generation = generation.withFamily(family);
    }
    if (labelConsistency != null) {
      generation = generation.withLabelConsistency(labelConsistency);
    }
    return read.withAugmentation(read.augmentation().with(generation));
  }

  private static void write(
      Path path,
      SynthesisReport report,
      Table table,
      StreamDefinition definition,
      Synthesis synthesis)
      throws IOException {
    if (path.toString().endsWith(".html")) {
      Files.writeString(path, ReportPage.html(report.page(table, definition, synthesis)));
    } else {
      OutputFile.write(path, List.of(JSON.writeValueAsString(report)));
    }
  }

  /** Says what was done, in a few lines; the report says it all. */
  private void say(SynthesisReport report, boolean writes, PrintWriter err) {
    report
        .columns()
        .forEach(
            (name, treatment) -> {
              if (!isOrdinary(treatment)) {
                err.printf("column %s: %s%n", name, treatment);
              }
            });
    report.notes().forEach(note -> err.println("note: " + note));
    report
        .refused()
        .forEach(
            (name, reasons) ->
                err.printf(
                    "class %s: refused by the gate: %s%n", name, String.join("; ", reasons)));
    err.printf(
        Locale.ROOT, "%s: %s%n", report.passed() ? "passed" : "not passed", report.verdict());
    if (writes) {
      err.printf(Locale.ROOT, "%,d rows written to %s%n", report.syntheticRows(), output);
    } else {
      err.println("no rows written, for --strict asks for all classes to pass");
    }
  }

  private static boolean isOrdinary(String treatment) {
    return treatment.equals("the class")
        || treatment.equals("whole number")
        || treatment.startsWith("number")
        || (treatment.startsWith("category") && !treatment.contains(";"));
  }
}

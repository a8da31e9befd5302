package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cli.shell.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RecordCommandTest {

  private final Path folder;
  private final StringWriter err = new StringWriter();

  RecordCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void recordsThisHostAndStaysQuiet() throws IOException {
    Path file = folder.resolve("r.csv");

    int status = run("--seconds", "1", "--interval", "100ms", "--host", "h-7", "-o", file + "");

    assertThat(status).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(Files.readAllLines(file)).hasSizeBetween(3, 11);
    assertThat(Files.readAllLines(file).get(1)).contains(",h-7,").endsWith(",none,");
  }

  @ParameterizedTest
  @CsvSource({
    "--seconds, 0, --seconds must be at least 1",
    "--interval, 200, --interval must be at least 10ms",
    "--interval, 5ms, --interval must be at least 10ms",
    "--host, 'a,b', --host must be letters",
    "--output, r.txt, '--output must end in .csv'",
  })
  void rejectsAWrongOptionBeforeItWritesAnything(String option, String value, String message) {
    int status = run("-o", folder.resolve("r.csv") + "", option, value);

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void failsWithAStatusWhenTheFileCannotBeWritten() {
    int status = run("--seconds", "1", "-o", folder.resolve("no/such/r.csv") + "");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).startsWith("record: there is no file ");
  }

  private int run(String... args) {
    return new CommandLine(new RecordCommand())
        .setErr(new PrintWriter(err, true))
        .setOverwrittenOptionsAllowed(true)
        .setExecutionExceptionHandler(new Failures())
        .execute(args);
  }
}

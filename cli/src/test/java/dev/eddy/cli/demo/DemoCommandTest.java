package dev.eddy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The whole loop against a real broker: what the demo promises holds for a short run as well. */
class DemoCommandTest {

  @Test
  void scoresEveryEventTrainsAModelAndLeavesNothingBehind() throws Exception {
    // given
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(new DemoCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    // when
    int status =
        command.execute(
            "--events",
            "4200",
            "--rate",
            "500",
            "--patience",
            "60",
            "--http-port",
            "0",
            "--exit",
            "--json");

    // then
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.get("events").longValue()).isEqualTo(4_200);
    assertThat(report.get("deadLetters").longValue()).isEqualTo(1); // one was cut off on purpose
    assertThat(report.get("scored").longValue()).isEqualTo(4_199);
    assertThat(report.get("repeatedScores").longValue()).isZero();
    assertThat(report.get("labels").longValue()).isPositive();
    assertThat(report.get("alerts").longValue()).isPositive();
    assertThat(report.get("modelVersions").intValue()).isPositive();
    assertThat(report.get("championVersion").textValue()).startsWith("v0");
    assertThat(report.get("auroc").doubleValue()).isBetween(0.5, 1.0);
    assertThat(report.get("firstAlertSeconds").doubleValue()).isPositive();
    assertThat(foldersOfThisProcess()).isEmpty();
  }

  private static List<Path> foldersOfThisProcess() throws Exception {
    String name = "eddy-demo-%d-".formatted(ProcessHandle.current().pid());
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith(name)).toList();
    }
  }
}

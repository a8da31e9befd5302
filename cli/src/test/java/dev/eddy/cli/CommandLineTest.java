package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.DefinitionReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int eddy(String... args) {
    CommandLine command = EddyCommand.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "train --once",
        "replay",
        "infer",
        "generate --config stream.yaml",
        "models list",
        "models promote --config stream.yaml",
        "broker --port many",
        "demo --events many",
        "demo --events 0",
        "demo --rate 0",
        "demo --live --exit",
        "sing",
      })
  void refusesWrongUsageWithStatus2AndAMessageOnStandardErrorAlone(String line) {
    int status = eddy(line.split(" "));

    assertThat(status).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "train",
        "train --once",
        "replay data.csv",
        "models list",
        "models rollback"
      })
  void reportsAllProblemsOfAConfigurationTogetherAndNoStackTrace(String line) throws Exception {
    // given
    Path file = folder.resolve("stream.yaml");
    Files.writeString(
        file,
        """
        stream: hosts
        source: {topic: telemetry, format: xml}
        features: [load]
        alerts: {budget: many}
        colour: blue
        """);

    // when
    int status = eddy((line + " --config " + file).split(" "));

    // then
    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .contains("source.format", "alerts.budget", "colour", "kafka")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "evaluate x.csv,eddy evaluate: Missing required option",
    "models list -c x --jason,eddy models list: Unknown option",
  })
  void saysWhatIsWrongWithACommandLineAndWhereTheHelpIs(String line, String message) {
    int status = eddy(line.split(" "));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString().lines().toList()).hasSizeLessThan(6);
    assertThat(err.toString()).contains(message).contains("--help").doesNotContain("Usage:");
  }

  @Test
  void showsTheSubcommandsWhereOneIsMissing() {
    int status = eddy("models");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("rollback").endsWith("see eddy models --help\n");
  }

  @Test
  void namesEachSubcommandInAWholeSentence() {
    Deque<CommandLine> left = new ArrayDeque<>(EddyCommand.commandLine().getSubcommands().values());
    while (!left.isEmpty()) {
      CommandLine command = left.pop();
      left.addAll(command.getSubcommands().values());
      String[] text = command.getCommandSpec().usageMessage().description();
      assertThat(text[0]).as(command.getCommandName()).endsWith(".").hasSizeLessThan(100);
    }
  }

  @Test
  void listsTheWordsOfOptionsInTheHelp() {
    eddy("evaluate", "--help");

    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("vae, discriminator, neighbours")
        .contains("noise-contrastive, non-saturating")
        .contains("mlp, convolution, attention");
  }

  @Test
  void saysWhichConfigurationFileIsMissing() {
    int status = eddy("run", "--config", folder.resolve("none.yaml").toString());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("none.yaml").doesNotContain("\tat ");
  }

  @Test
  void draftsADefinitionThatItCanReadItself() throws Exception {
    // given
    Path data = folder.resolve("Web Requests.csv");
    StringBuilder rows = new StringBuilder("ts,server,latency,verb,outcome\n");
    for (int i = 0; i < 200; i++) {
      rows.append(
          "%d,s%d,%d,%s,%s\n"
              .formatted(
                  1_700_000_000_000L + i * 1_000L,
                  i % 3,
                  i * 7 % 40,
                  i % 2 == 0 ? "GET" : "PUT",
                  i % 50 == 0 ? "attack" : "normal"));
    }
    Files.writeString(data, rows);
    Path draft = folder.resolve("draft.yaml");

    // when
    int status = eddy("infer", data.toString(), "--label", "outcome", "-o", draft.toString());

    // then
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(DefinitionReader.read(draft).stream().name()).isEqualTo("web-requests");
  }

  @ParameterizedTest
  @CsvSource({
    "--stream bad/name!,got bad/name!",
    "--topic a/b,source.topic must be a topic name",
    "-o FOLDER/none/x.yaml,--output must lie in a folder that is there",
    "--label z,--label must name one of the fields a; got z",
  })
  void refusesToDraftWhatCannotBeUsed(String options, String message) throws Exception {
    Path data = Files.writeString(folder.resolve("data.csv"), "a\n1\n2\n");
    String line = "infer " + data + " " + options.replace("FOLDER", folder.toString());

    int status = eddy(line.split(" "));

    assertThat(status).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("eddy infer: ").contains(message);
  }

  @Test
  void overwritesNoDefinition() throws Exception {
    Path data = folder.resolve("data.csv");
    Files.writeString(data, "a,b\n1,2\n");
    Path draft = Files.writeString(folder.resolve("draft.yaml"), "precious");

    int status = eddy("infer", data.toString(), "-o", draft.toString());

    assertThat(status).isEqualTo(2);
    assertThat(draft).hasContent("precious");
  }
}

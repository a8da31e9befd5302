package dev.eddy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EvaluateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int evaluate(Path file, String options) {
    return new CommandLine(new EvaluateCommand())
        .setExecutionExceptionHandler(new Failures())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute((file + " " + options).split(" "));
  }

  /** A hundred and fifty rows, every fifteenth of them far out. */
  private Path write() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder text = new StringBuilder("x,y,always,fault\n");
    for (int i = 0; i < 150; i++) {
      boolean fault = i % 15 == 0;
      text.append(
          "%.3f,%.3f,1,%s\n"
              .formatted(
                  random.nextGaussian() + (fault ? 9 : 0),
                  random.nextGaussian(),
                  fault ? "leak" : "none"));
    }
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  @Test
  void switchesDetectorsOnAndOff() throws IOException {
    int status =
        evaluate(
            write(),
            "--label fault --detectors histogram,clusters --no-references --device cpu --json");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    JsonNode detectors = new ObjectMapper().readTree(out.toString()).path("detectors");
    assertThat(detectors.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("histogram.density", "clusters.distance");
  }

  @Test
  void namesAFewOfTheManyColumnsThatItLeavesOutForOneReason() throws IOException {
    StringBuilder text = new StringBuilder("x,fault");
    for (int column = 0; column < 20; column++) {
      text.append(",c").append(column);
    }
    for (int row = 0; row < 150; row++) {
      text.append("\n%d,%d".formatted(row % 7, row % 10 == 0 ? 1 : 0)).append(",5".repeat(20));
    }
    Path file = Files.writeString(folder.resolve("wide.csv"), text);

    int status = evaluate(file, "--label fault --detectors histogram --no-references --device cpu");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("left out c0, c1, c2, c3, c4, c5, c6, c7 and 12 more: always the same");
  }

  @Test
  void refusesADetectorThatThereIsNot() throws IOException {
    int status = evaluate(write(), "--label fault --detectors knn");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .contains("--detectors must be of vae, discriminator,")
        .contains(", got knn");
  }

  @Test
  void measuresOnOneOfTwoAnomaliesAndRefusesToDivideASingleOne() throws IOException {
    String options = "--label fault --detectors histogram --no-references --device cpu --json";
    String rows = "x,fault\n" + "1,no\n2,no\n3,no\n".repeat(50) + "9,yes\n";
    Path one = Files.writeString(folder.resolve("one.csv"), rows);
    Path two = Files.writeString(folder.resolve("two.csv"), rows + "9,yes\n");

    assertThat(evaluate(one, options)).isEqualTo(2);
    assertThat(err.toString()).contains("at least 2 anomalies", "got 1 in 151 rows");
    assertThat(evaluate(two, options)).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("testAnomalies").asInt()).isOne();
    assertThat(json.path("auroc").isNumber()).isTrue();
  }

  @Test
  void saysHowManyOfTheRowsAreLearnedFromWhereTheyAreTooFew() throws IOException {
    Path file =
        Files.writeString(folder.resolve("few.csv"), "x,fault\n" + "1,0\n2,0\n3,1\n".repeat(17));

    int status = evaluate(file, "--label fault --detectors histogram --device cpu");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .contains("few.csv: training must have at least 50 samples")
        .contains("; of its 51 rows 36 are learned from");
  }

  @Test
  void printsOneObjectWithAllThatWasMeasured() throws IOException {
    int status =
        evaluate(write(), "--label fault --protocol one-class --seed 3 --device cpu --json");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("rows").asInt()).isEqualTo(150);
    assertThat(json.path("features").asInt()).isEqualTo(2);
    assertThat(json.path("anomalies").asInt()).isEqualTo(10);
    assertThat(json.path("protocol").asText()).isEqualTo("one-class");
    assertThat(json.path("seed").asInt()).isEqualTo(3);
    assertThat(json.path("device").asText()).isEqualTo("cpu");
    assertThat(json.path("normal").get(0).asText()).isEqualTo("none");
    assertThat(json.path("leftOut").path("always").asText()).isEqualTo("always the same");
    assertThat(json.path("trainSeconds").asDouble()).isPositive();
    assertThat(json.path("scoreRowsPerSecond").asDouble()).isPositive();
    assertThat(json.path("auroc").asDouble()).isGreaterThan(0.95);
    assertThat(json.path("auprc").asDouble()).isGreaterThan(0.8);
    assertThat(json.path("detectors").path("vae.elbo").path("auroc").isNumber()).isTrue();
    assertThat(json.path("references").path("isolationForest").path("auprc").isNumber()).isTrue();
    assertThat(json.path("falseAlarms")).hasSize(3);
    assertThat(json.path("recallByClass").path("leak").isNumber()).isTrue();
  }

  @Test
  void learnsTheStartOfASeriesAndPoolsTheRest() throws IOException {
    int status = evaluate(write(), "--label fault --train-rows 70 --device cpu --json");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("protocol").asText()).isEqualTo("train-rows");
    assertThat(json.path("series").asInt()).isEqualTo(1);
    requireMeasured(json);
    assertThat(json.path("detectors").path("gan.rows").path("auroc").isNumber()).isTrue();
    assertThat(json.path("falseAlarms").get(1).path("promised").asDouble()).isEqualTo(0.01);
    assertThat(json.path("falseAlarms").get(1).path("f1").isNumber()).isTrue();
  }

  @Test
  void scoresSeriesOfSeveralFilesAsOneCorpusByTheDetectorsAskedFor() throws IOException {
    Path other = Files.writeString(folder.resolve("other.csv"), series("b", 300));
    Path file = Files.writeString(folder.resolve("series.csv"), series("a", 700));
    String options = " --label fault --entity host --timestamp at --nab --device cpu --json";

    int status = evaluate(file, other + options + " --detectors context --quiet 2h");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("protocol").asText()).isEqualTo("nab");
    assertThat(json.path("rows").asInt()).isEqualTo(1000);
    assertThat(json.path("series").asInt()).isEqualTo(2);
    requireMeasured(json);
    assertThat(json.path("detectors").fieldNames())
        .toIterable()
        .containsExactly("context.deviation");
    assertThat(json.path("windows").asInt()).isEqualTo(2);
    assertThat(json.path("windowsFound").asInt()).isEqualTo(2);
    assertThat(json.path("nabScore").asDouble()).isGreaterThan(90);
    assertThat(json.path("falseDetections").asInt()).isZero();
  }

  @Test
  void reportsSeriesToAPersonAsItDoesRows() throws IOException {
    Path file = Files.writeString(folder.resolve("series.csv"), series("a", 700));
    String options = "--label fault --entity host --timestamp at --detectors context --device cpu ";

    assertThat(evaluate(file, options + "--nab --quiet 2h")).isZero();
    assertThat(evaluate(file, options + "--train-rows 300")).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("series.csv: 700 rows of 1 entity, 10 anomalies, 1 features")
        .contains("left out at: is the time, from 1970-01-01T00:00:00Z to 1970-01-03T10:15:00Z\n")
        .contains("  context.deviation")
        .contains("1 of 1 windows found, 0 false detections")
        .contains("; 2h quiet after an alert")
        .contains("learned from the first 300 rows of the entities, measured on 400 with 10 anom")
        .containsPattern(
            "false alarms promised 1.00 %: came .* %.*; precision .*, recall .*, F1 .*")
        .doesNotContain("{", "PT2H");
  }

  private static void requireMeasured(JsonNode json) {
    assertThat(json.path("trainSeconds").asDouble()).isPositive();
    assertThat(json.path("scoreRowsPerSecond").asDouble()).isPositive();
    assertThat(json.path("auroc").asDouble()).isGreaterThan(0.9);
    assertThat(json.path("auprc").asDouble()).isGreaterThan(0.2); // by chance below 0.07
    for (JsonNode detector : json.path("detectors")) {
      assertThat(detector.path("auroc").isNumber()).isTrue();
      assertThat(detector.path("auprc").isNumber()).isTrue();
    }
  }

  /** A reading every five minutes, with a jump for the last ten of the last twenty. */
  private static String series(String host, int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    StringBuilder text = new StringBuilder("host,at,value,fault\n");
    for (int i = 0; i < rows; i++) {
      boolean fault = i >= rows - 20 && i < rows - 10;
      text.append(
          "%s,%s,%.3f,%d\n"
              .formatted(
                  host,
                  Instant.EPOCH.plus(Duration.ofMinutes(5L * i)),
                  20 + random.nextGaussian() + (fault ? 30 : 0),
                  fault ? 1 : 0));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--train-rows 60 --protocol one-class | --protocol is for rows that do not follow one",
        "--train-rows 60 --protocol contaminated | leave it out with --train-rows",
        "--train-rows 60 --test none.csv | --test is for rows that do not follow one another",
        "--train-rows 60 --no-references | --[no-]references is for rows that do not follow one",
        "--nab --timestamp x --protocol one-class | leave it out with --nab",
        "--labelled-share 0.1 | --labelled-share goes with --protocol labelled, got --protocol"
            + " cont",
        "--labelled-share 0.05 --protocol one-class | got --protocol one-class",
        "--quiet 6h | --quiet goes with --nab",
        "--train-rows 60 --quiet 2h | --quiet goes with --nab",
        "--window attention | --window attention needs lagged values to read",
        "--ignore z | --ignore must name columns of",
      })
  void refusesWhatWouldDoNothingAndSaysWhatGoesWithWhat(String options, String message)
      throws IOException {
    int status = evaluate(write(), "--label fault --detectors histogram --device cpu " + options);

    assertThat(status).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--label falt",
        "--label x",
        "--label fault --normal nothing",
        "--label fault --protocol two-class",
        "--label fault --labelled-share 1.5",
        "--label fault --device tpu",
        "--label fault --test none.csv",
        "--label fault --entity host",
        "--label fault --max-rows 20",
        "--label fault --stream none.yaml",
        "--label fault --train-rows 10",
        "--label fault --train-rows 150",
        "--label fault --nab",
        "--label fault --nab --timestamp at --quiet never",
        "--label fault --nab --train-rows 60",
        "--seed 1",
      })
  void refusesWithStatus2AndOneLine(String options) throws IOException {
    int status = evaluate(write(), options);

    assertThat(status).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines().findFirst()).isPresent();
    assertThat(err.toString()).doesNotContain("\tat ");
  }
}

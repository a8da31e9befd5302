package dev.eddy.cli.synthesize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@SuppressWarnings("NullAway.Init") // JUnit makes the folder
class SynthesizeCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int synthesize(String... args) {
    return new CommandLine(new SynthesizeCommand())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private Path file(String text) throws IOException {
    Path file = folder.resolve("in.csv");
    Files.writeString(file, text);
    return file;
  }

  private Path out() {
    return folder.resolve("out.csv");
  }

  /** Rows with one column of each kind; class b is rare. */
  private static String mixed() {
    StringBuilder text =
        new StringBuilder("id,day,amount,gap,code,city,same,empty,note,kind,split\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 400; i++) {
      boolean rare = i % 5 == 0;
      text.append(
          "%d,2026-0%d-1%d,%.2f,%s,00%d,\"%s\",x,,said %d things,%s,%s%n"
              .formatted(
                  i + 1,
                  random.nextInt(1, 10),
                  random.nextInt(10),
                  random.nextDouble() * (rare ? 100 : 10),
                  random.nextInt(4) == 0 ? "NA" : Integer.toString(random.nextInt(1_000)),
                  random.nextInt(3),
                  random.nextBoolean() ? "New, York" : "Bern <i>",
                  random.nextInt(),
                  rare ? "b" : "a",
                  i % 2 == 0 ? "train" : "test"));
    }
    return text.toString();
  }

  @Test
  void writesRowsOfTheSameColumnsTypesAndFormatsWithItsReport() throws IOException {
    Path html = folder.resolve("report.html");

    int status =
        synthesize(
            file(mixed()).toString(),
            "--label",
            "kind",
            "--ignore",
            "split",
            "--generator",
            "copula",
            "--device",
            "cpu",
            "--rows",
            "100",
            "--json",
            "--report",
            html.toString(),
            "-o",
            out().toString());

    assertThat(status).as(err.toString()).isZero();
    List<String> lines = Files.readAllLines(out());
    assertThat(lines).hasSize(101);
    assertThat(lines.get(0)).isEqualTo("id,day,amount,gap,code,city,same,empty,note,kind,split");
    assertThat(lines.subList(1, 101))
        .allMatch(
            line ->
                line.matches(
                    "(4|5)\\d\\d,2026-\\d\\d-\\d\\d,\\d+\\.\\d\\d,(NA|\\d+),00\\d,"
                        + "(\"New, York\"|Bern <i>),x,,,[ab],"));
    assertThat(lines.stream().filter(line -> line.endsWith(",b,")).count()).isEqualTo(20);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.at("/syntheticRows").asInt()).isEqualTo(100);
    assertThat(report.at("/columns/id").asText()).startsWith("identifier");
    assertThat(report.at("/columns/day").asText()).isEqualTo("date as yyyy-MM-dd");
    assertThat(report.at("/gate/columnShapes").asDouble()).isGreaterThan(0.7);
    assertThat(err.toString()).contains("column note: free text", "100 rows written to");
    String page = Files.readString(html);
    assertThat(page).contains("Bern &lt;i&gt;").doesNotContain("Bern <i>");
    assertThat(page).doesNotContain("http://").doesNotContain("https://").doesNotContain("<script");
  }

  @Test
  void takesAFileWithoutClassesAsOneClassAndSaysSo() throws IOException {
    // given
    StringBuilder text = new StringBuilder("price,when\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      text.append(
          "%d000,%02d.0%d.2026 1%d:30%n"
              .formatted(
                  random.nextInt(1, 500),
                  random.nextInt(1, 29),
                  random.nextInt(1, 10),
                  random.nextInt(10)));
    }

    // when
    int status =
        synthesize(
            file(text.toString()).toString(),
            "--generator",
            "copula",
            "--device",
            "cpu",
            "--report",
            folder.resolve("report.html").toString(),
            "-o",
            out().toString());

    // then
    assertThat(status).as(err.toString()).isZero();
    List<String> lines = Files.readAllLines(out());
    assertThat(lines).hasSize(301);
    assertThat(lines.get(0)).isEqualTo("price,when");
    assertThat(lines.subList(1, 301))
        .allMatch(line -> line.matches("\\d+000,\\d\\d\\.\\d\\d\\.2026 \\d\\d:\\d0"));
    assertThat(err.toString()).contains("one class only, for no --label names a column of classes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind | 'a,kind' | must have at least one row",
        "kid | 'a,kind;1,x' | --label must be one of [a, kind], got kid",
        "kind | 'a,kind;1,;2,' | must have a class in some row",
        "kind | 'a,b,kind;1,,x;1,,y' | must have a column to learn besides the class",
        "kind | 'a,kind;1,x;2,y;3,x' | class of >= 10 training rows",
        "kind | 'a,kind;1' | line 2 must have 2 values",
      })
  void refusesWhatCannotBeLearntFromAndSaysWhy(String label, String rows, String reason)
      throws IOException {
    int status =
        synthesize(
            file(rows.replace(';', '\n')).toString(),
            "--label",
            label,
            "--device",
            "cpu",
            "-o",
            out().toString());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains(reason).doesNotContain("\tat ");
    assertThat(out()).doesNotExist();
  }

  @Test
  void refusesMoreClassesThanItCanTell() throws IOException {
    String rows =
        IntStream.range(0, 300)
            .mapToObj(i -> i % 7 + "," + i)
            .collect(Collectors.joining("\n", "a,kind\n", "\n"));

    int status = synthesize(file(rows).toString(), "--label", "kind", "-o", out().toString());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("at most 200 classes");
  }

  @ParameterizedTest
  @CsvSource({
    "out.txt, must end in .csv or .jsonl",
    "gone/out.csv, must lie in a folder that is there",
  })
  void refusesAnOutputThatCannotBeWrittenBeforeItReads(String output, String reason)
      throws IOException {
    int status =
        synthesize(
            file("a,kind\n").toString(),
            "--label",
            "kind",
            "-o",
            folder.resolve(output).toString());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains(reason);
  }

  private int copula(Path source, Path output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(source.toString(), "--label", "kind", "--generator", "copula", "-o"));
    args.addAll(List.of(output.toString(), "--device", "cpu"));
    args.addAll(List.of(more));
    return synthesize(args.toArray(String[]::new));
  }

  @Test
  void keepsTheTypesOfJson() throws IOException {
    // given
    Path source = folder.resolve("in.jsonl");
    Files.writeString(
        source,
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    "{\"id\":%d,\"ok\":%s,\"v\":%s,\"code\":\"%d\",\"big\":%d,\"note\":%s%s,\"kind\":%d}"
                        .formatted(
                            i,
                            i % 3 == 0,
                            i * 37 % 100 / 10.0,
                            i % 4,
                            9_007_199_254_740_993L + i * 41 % 59,
                            i % 5 == 0 ? "null" : "\"x\"",
                            i % 2 == 0 ? ",\"opt\":" + i % 7 : "",
                            i % 2))
            .collect(Collectors.joining("\n")));
    Path made = folder.resolve("out.jsonl");

    // when
    int status = copula(source, made);

    // then
    assertThat(status).as(err.toString()).isZero();
    assertThat(Files.readAllLines(made))
        .hasSize(300)
        .allMatch(
            line ->
                line.matches(
                    "\\{\"id\":[345]\\d\\d,\"ok\":(true|false),\"v\":\\d\\.\\d,\"code\":\"[0-3]\","
                        + "\"big\":90071992547\\d{5},\"note\":(null|\"x\")(,\"kind\":[01])?(,\"opt\":[0-6])?"
                        + "(,\"kind\":[01])?\\}"));
    assertThat(Files.readString(made)).contains("\"opt\":").doesNotContain("\"opt\":null");
  }

  @Test
  void refusesToWriteOverWhatItReadsBeforeItReads() throws IOException {
    // given
    Path source = file(mixed());
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), source);
    Path second = Files.createLink(folder.resolve("second.csv"), source);
    Path made = Files.createDirectory(folder.resolve("made.csv"));

    // when
    for (Path output : List.of(source, link, second, folder.resolve("./sub/../in.csv"))) {
      int status = copula(source, output);

      // then
      assertThat(status).isEqualTo(2);
      assertThat(err.toString()).contains("--output must not be the file that is read");
    }
    assertThat(copula(source, made)).isEqualTo(2);
    assertThat(err.toString()).contains("--output must be a file, got the folder");
    assertThat(source).hasContent(mixed());
  }

  @Test
  void refusesTwoResultsInOneFile() throws IOException {
    Path report = folder.resolve("report.json");

    int status =
        copula(file(mixed()), out(), "--report", report.toString(), "--report", report.toString());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("--report must not be the file of --report");
    assertThat(report).doesNotExist();
  }

  @Test
  void leavesAColumnWithoutANameWithoutOneAndOverwritesAnotherFile() throws IOException {
    Files.writeString(out(), "old");
    String rows =
        IntStream.range(0, 200)
            .mapToObj(i -> "%d,%d,%s".formatted(i, i * 37 % 50, i % 2 == 0 ? "a" : "b"))
            .collect(Collectors.joining("\n", ",v,kind\n", "\n"));

    int status = copula(file(rows), out());

    assertThat(status).as(err.toString()).isZero();
    assertThat(Files.readAllLines(out())).startsWith(",v,kind").hasSize(201);
  }

  @Test
  void speaksOfRefusalsOnlyForClassesThatItMade() throws IOException {
    String rows =
        IntStream.range(0, 205)
            .mapToObj(i -> "%d,%s".formatted(i * 37 % 50, i < 200 ? "a" : "b"))
            .collect(Collectors.joining("\n", "v,kind\n", "\n"));

    int status = copula(file(rows), out());

    assertThat(status).as(err.toString()).isZero();
    assertThat(err.toString())
        .contains("so none were made: b (5)")
        .doesNotContain("class b: refused");
  }
}

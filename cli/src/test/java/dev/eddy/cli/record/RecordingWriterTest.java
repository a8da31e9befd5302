package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingWriterTest {

  private static final FaultLabel FAULT = new FaultLabel("cpu-hog", "3");

  private final Path folder;

  RecordingWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void writesCsvWithAHeaderAndEmptyCells() throws IOException {
    Path file = folder.resolve("a.csv");

    write(file, Double.NaN, FaultLabel.NONE);

    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("timestamp,host,cpu_user,")
        .endsWith(",open_descriptors,fault,episode");
    assertThat(Files.readAllLines(file).get(1))
        .isEqualTo("1234,host-9,,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,none,");
  }

  @Test
  void givesEachCsvLineAsManyCellsAsTheHeader() throws IOException {
    Path file = folder.resolve("a.csv");

    write(file, 0.5, FAULT);

    assertThat(Files.readAllLines(file))
        .extracting(line -> line.chars().filter(c -> c == ',').count())
        .containsExactly(28L, 28L);
  }

  @Test
  void writesOneJsonObjectALineAndLeavesMissingFieldsOut() throws IOException {
    Path file = folder.resolve("a.jsonl");

    write(file, Double.NaN, FAULT);

    assertThat(Files.readString(file))
        .startsWith("{\"timestamp\":1234,\"host\":\"host-9\",\"cpu_system\":0,")
        .endsWith(",\"open_descriptors\":0,\"fault\":\"cpu-hog\",\"episode\":3}\n");
  }

  @Test
  void leavesTheEpisodeOutOfAFaultlessJsonLine() throws IOException {
    Path file = folder.resolve("a.jsonl");

    write(file, 0.5, FaultLabel.NONE);

    assertThat(Files.readString(file)).endsWith(",\"fault\":\"none\"}\n");
  }

  @Test
  void compressesByTheNamesEnding() throws IOException {
    Path file = folder.resolve("a.csv.gz");

    write(file, 0.5, FAULT);

    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\n1234,host-9,0.5,")
          .endsWith(",cpu-hog,3\n");
    }
  }

  @Test
  void canBeReadUpToTheLastFlush() throws IOException {
    Path file = folder.resolve("a.csv");

    try (RecordingWriter writer = RecordingWriter.open(file)) {
      writer.write(TelemetrySampleTest.sample(TelemetryField.CPU_USER, 1), FAULT);
      writer.flush();

      assertThat(Files.readString(file)).endsWith(",cpu-hog,3\n");
    }
  }

  @Test
  void rejectsAnUnknownEnding() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordingWriter.open(folder.resolve("a.txt")))
        .withMessageContaining("must end in .csv, .csv.gz, .jsonl or .jsonl.gz");
  }

  private static void write(Path file, double cpuUser, FaultLabel label) throws IOException {
    try (RecordingWriter writer = RecordingWriter.open(file)) {
      writer.write(TelemetrySampleTest.sample(TelemetryField.CPU_USER, cpuUser), label);
    }
  }
}

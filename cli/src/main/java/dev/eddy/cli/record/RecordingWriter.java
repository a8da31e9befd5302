package dev.eddy.cli.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a recording as CSV or as one JSON object a line, by the file's name, gzipped when the name
 * ends in {@code .gz}.
 *
 * <p>An empty value is an empty cell in CSV and a missing field in JSON. Not safe for use by two
 * threads.
 */
final class RecordingWriter implements AutoCloseable {

  private final Writer out;
  private final boolean csv;

  private RecordingWriter(Writer out, boolean csv) {
    this.out = out;
    this.csv = csv;
  }

  /** Whether the file's name says a format that can be written. */
  static boolean accepts(Path file) {
    String name = plainName(file);
    return name.endsWith(".csv") || name.endsWith(".jsonl");
  }

  /** Creates or replaces the file; the caller closes the writer. */
  static RecordingWriter open(Path file) throws IOException {
    if (!accepts(file)) {
      throw new IllegalArgumentException(
          "recording must end in .csv, .csv.gz, .jsonl or .jsonl.gz, got " + file);
    }
    OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file));
    if (file.toString().endsWith(".gz")) {
      bytes = new GZIPOutputStream(bytes, 8192, true);
    }
    boolean csv = plainName(file).endsWith(".csv");
    RecordingWriter writer =
        new RecordingWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), csv);
    if (csv) {
      writer.writeHeader();
    }
    return writer;
  }

  private static String plainName(Path file) {
    String name = file.toString();
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  private void writeHeader() throws IOException {
    StringJoiner line = new StringJoiner(",", "", "\n");
    line.add("timestamp").add("host");
    TelemetrySample.names().forEach(line::add);
    line.add("fault").add("episode");
    out.write(line.toString());
  }

  void write(TelemetrySample sample, FaultLabel label) throws IOException {
    out.write(csv ? csvLine(sample, label) : jsonLine(sample, label));
  }

  private static String csvLine(TelemetrySample sample, FaultLabel label) {
    StringJoiner line = new StringJoiner(",", "", "\n");
    line.add(Long.toString(sample.time().toEpochMilli())).add(sample.host());
    for (TelemetryField field : TelemetryField.values()) {
      line.add(sample.text(field));
    }
    return line.add(label.fault()).add(label.episode()).toString();
  }

  private static String jsonLine(TelemetrySample sample, FaultLabel label) {
    StringJoiner line = new StringJoiner(",", "{", "}\n");
    line.add("\"timestamp\":" + sample.time().toEpochMilli());
    line.add("\"host\":\"" + sample.host() + '"');
    for (TelemetryField field : TelemetryField.values()) {
      String text = sample.text(field);
      if (!text.isEmpty()) {
        line.add('"' + field.column() + "\":" + text);
      }
    }
    line.add("\"fault\":\"" + label.fault() + '"');
    if (!label.episode().isEmpty()) {
      line.add("\"episode\":" + label.episode());
    }
    return line.toString();
  }

  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

package dev.eddy.cli.synthesize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.event.CsvLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes rows as a file of the same columns: CSV with a header, or JSON lines. */
final class RowWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private RowWriter() {}

  /**
   * Writes the file anew.
   *
   * @param seed of the identifiers
   */
  static void write(Path file, Table table, List<SyntheticRow> rows, long seed) throws IOException {
    String name = file.getFileName().toString();
    boolean csv = name.endsWith(".csv") || name.endsWith(".csv.gz");
    SplittableRandom random = new SplittableRandom(~seed);
    try (OutputStream bytes = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
        BufferedWriter writer =
            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      if (csv) {
        writer.write(CsvLine.join(List.copyOf(table.header())));
        writer.write('\n');
      }
      for (SyntheticRow row : rows) {
        List<@Nullable String> cells = table.write(row, random);
        writer.write(csv ? CsvLine.join(cells) : json(table, cells));
        writer.write('\n');
      }
    }
  }

  private static String json(Table table, List<@Nullable String> cells) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (int i = 0; i < cells.size(); i++) {
        table.forms().get(i).write(json, table.columns().get(i).name(), cells.get(i));
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}

package dev.eddy.cli.synthesize;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.event.CsvLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes rows as a file of the same columns: CSV with a header, or JSON lines. */
final class RowWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RowWriter() {}

  /**
   * Writes the file anew.
   *
   * @param seed of the identifiers
   */
  static void write(Path file, Table table, List<SyntheticRow> rows, long seed) throws IOException {
    String name = file.getFileName().toString();
    boolean csv = name.endsWith(".csv") || name.endsWith(".csv.gz");
    List<TableColumn> columns = table.columns();
    SplittableRandom random = new SplittableRandom(~seed);
    try (OutputStream bytes = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
        BufferedWriter writer =
            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      if (csv) {
        writer.write(CsvLine.join(columns.stream().map(TableColumn::name).toList()));
        writer.write('\n');
      }
      for (SyntheticRow row : rows) {
        List<String> cells = table.write(row, random);
        writer.write(csv ? CsvLine.join(List.copyOf(cells)) : json(columns, cells));
        writer.write('\n');
      }
    }
  }

  private static String json(List<TableColumn> columns, List<String> cells) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean number = columns.get(i) instanceof TableColumn.Numeric;
      object.put(
          columns.get(i).name(),
          cell.isEmpty()
              ? null
              : number && !isMissing(columns.get(i), cell) ? new BigDecimal(cell) : cell);
    }
    return JSON.writeValueAsString(object);
  }

  private static boolean isMissing(TableColumn column, String cell) {
    return column instanceof TableColumn.Numeric number && cell.equals(number.missing());
  }
}

package dev.eddy.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of records, read row by row: {@code .csv} with a header (RFC 4180) or {@code .jsonl} with
 * one object a line, each also as {@code .gz}, in UTF-8. Holds one row at a time. An instance
 * belongs to one thread; the caller closes it.
 */
public final class TableFile implements Iterator<TableRow>, AutoCloseable {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readerForMapOf(Object.class);

  private final String name;
  private final Reader reader;
  private final RowSource rows;
  private @Nullable TableRow next;

  /** Reads the next row; null at the end. */
  private interface RowSource {
    @Nullable TableRow read() throws IOException;
  }

  private TableFile(String name, Reader reader, boolean csv) throws IOException {
    this.name = name;
    this.reader = reader;
    this.rows = csv ? csvRows() : jsonRows();
  }

  /**
   * Opens a file.
   *
   * @throws TableException if it is not there, is none of the four kinds or has no header
   */
  public static TableFile open(Path file) {
    String name = file.getFileName().toString();
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (!plain.endsWith(".csv") && !plain.endsWith(".jsonl")) {
      throw new TableException(
          file + " must end in .csv, .csv.gz, .jsonl or .jsonl.gz to tell how to read it");
    }
    try {
      InputStream bytes = Files.newInputStream(file);
      try {
        InputStream content = plain.equals(name) ? bytes : new GZIPInputStream(bytes, 1 << 16);
        return new TableFile(
            file.toString(),
            new BufferedReader(
                new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()), 1 << 16),
            plain.endsWith(".csv"));
      } catch (IOException | RuntimeException e) {
        bytes.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new TableException(file + " must exist, found no such file", e);
    } catch (IOException e) {
      throw new TableException(file + " must be readable: " + e.getMessage(), e);
    }
  }

  /**
   * Returns whether there is another row.
   *
   * @throws TableException if the next row cannot be read; its message names the line
   */
  @Override
  public boolean hasNext() {
    if (next == null) {
      next = read();
    }
    return next != null;
  }

  @Override
  public TableRow next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException(name + " has no more rows");
    }
    TableRow row = next;
    next = null;
    return row;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable TableRow read() {
    try {
      return rows.read();
    } catch (CharacterCodingException e) {
      throw new TableException(name + " must be text in UTF-8", e);
    } catch (IOException e) {
      throw new TableException(name + " must be readable: " + e.getMessage(), e);
    }
  }

  private RowSource csvRows() {
    Iterator<CsvRecord> lines =
        CsvReader.builder()
            .detectBomHeader(false)
            .allowUnclosedQuote(false)
            // Rows are compared with the header here, where the file's name is known.
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(reader)
            .iterator();
    CsvRecord header = nextLine(lines);
    if (header == null) {
      throw new TableException(name + " must start with a header that names its columns");
    }
    List<String> columns = header.getFields();
    for (String column : columns) {
      if (column.isBlank()) {
        throw new TableException(name + " must name each column in its header, got an empty name");
      }
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new TableException(name + " must name each column once in its header, got " + columns);
    }
    return () -> {
      CsvRecord line = nextLine(lines);
      return line == null ? null : csvRow(columns, line);
    };
  }

  private @Nullable CsvRecord nextLine(Iterator<CsvRecord> lines) {
    try {
      return lines.hasNext() ? lines.next() : null;
    } catch (CsvParseException e) {
      throw new TableException(name + " must be CSV as RFC 4180 has it: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new TableException(name + " must be readable text: " + e.getMessage(), e);
    }
  }

  private TableRow csvRow(List<String> columns, CsvRecord line) {
    if (line.getFieldCount() != columns.size()) {
      throw new TableException(
          "%s line %d must have %d values, got %d"
              .formatted(name, line.getStartingLineNumber(), columns.size(), line.getFieldCount()));
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = line.getField(i);
      values.put(columns.get(i), text.isEmpty() ? null : text);
    }
    return new TableRow(line.getStartingLineNumber(), values);
  }

  private RowSource jsonRows() {
    BufferedReader lines = (BufferedReader) reader;
    long[] line = {0};
    return () -> {
      String text = lines.readLine();
      line[0]++;
      while (text != null && text.isBlank()) {
        text = lines.readLine();
        line[0]++;
      }
      return text == null ? null : jsonRow(line[0], text);
    };
  }

  private TableRow jsonRow(long line, String text) throws IOException {
    try {
      return new TableRow(line, JSON.readValue(text));
    } catch (JsonProcessingException e) {
      throw new TableException(
          "%s line %d must be one JSON object: %s".formatted(name, line, e.getOriginalMessage()),
          e);
    }
  }
}

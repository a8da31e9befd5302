package dev.eddy.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of records, read row by row: {@code .csv} with a header (see {@link CsvRows}), {@code
 * .tsv}, the same with tabs, or {@code .jsonl} with one object a line, each also as {@code .gz}, in
 * UTF-8, with or without a byte order mark. Holds one row at a time. An instance belongs to one
 * thread; the caller closes it.
 */
public final class TableFile implements Iterator<TableRow>, AutoCloseable {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // no JSON, but what Python writes for a missing value
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build()
          .readerForMapOf(Object.class);

  private static final List<String> KINDS = List.of(".csv", ".tsv", ".jsonl");

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String name;
  private final BufferedReader reader;
  private final TextCheck check;
  private final RowSource rows;
  private @Nullable TableRow next;

  /** Reads the next row; null at the end. */
  interface RowSource {
    @Nullable TableRow read() throws IOException;

    /** Returns the columns that the file gives no name. */
    default Set<String> unnamed() {
      return Set.of();
    }
  }

  private TableFile(String name, String plain, BufferedReader reader, TextCheck check)
      throws IOException {
    this.name = name;
    this.reader = reader;
    this.check = check;
    skipByteOrderMark(reader);
    this.rows =
        plain.endsWith(".jsonl")
            ? jsonRows()
            : plain.endsWith(".tsv") ? new CsvRows(name, reader, '\t') : new CsvRows(name, reader);
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  /**
   * Opens a file.
   *
   * @throws TableException if it is not there, is of none of these kinds or has no header
   */
  public static TableFile open(Path file) {
    String name = file.getFileName().toString();
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (KINDS.stream().noneMatch(plain::endsWith)) {
      throw new TableException(
          file
              + " must end in .csv, .tsv or .jsonl, or in one of these and .gz, to tell how to read"
              + " it");
    }
    if (Files.isDirectory(file)) {
      throw new TableException(file + " must be a file, found a folder");
    }
    TextCheck check = new TextCheck(file.toString());
    try {
      InputStream bytes = Files.newInputStream(file);
      try {
        InputStream content =
            check.first(plain.equals(name) ? bytes : new GZIPInputStream(bytes, 1 << 16));
        return new TableFile(
            file.toString(),
            plain,
            new BufferedReader(
                new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()), 1 << 16),
            check);
      } catch (IOException | RuntimeException e) {
        bytes.close();
        throw e;
      }
    } catch (CharacterCodingException e) {
      throw check.notText(e);
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

  /** Returns the columns that the file gives no name, by the names that their rows have them by. */
  public Set<String> unnamed() {
    return rows.unnamed();
  }

  private @Nullable TableRow read() {
    try {
      return rows.read();
    } catch (CharacterCodingException e) {
      throw check.notText(e);
    } catch (IOException e) {
      throw new TableException(name + " must be readable: " + e.getMessage(), e);
    }
  }

  private RowSource jsonRows() {
    TextLines lines = new TextLines(name, reader);
    return () -> {
      String text = lines.next();
      while (text != null && text.isBlank()) {
        text = lines.next();
      }
      return text == null ? null : jsonRow(lines.line(), text);
    };
  }

  private TableRow jsonRow(long line, String text) throws IOException {
    try {
      return new TableRow(line, JSON.readValue(text));
    } catch (JsonProcessingException e) {
      boolean other = e instanceof MismatchedInputException && !text.stripLeading().startsWith("{");
      throw new TableException(
          "%s line %d must be one JSON object: %s"
              .formatted(name, line, other ? "found something else" : e.getOriginalMessage()),
          e);
    }
  }
}

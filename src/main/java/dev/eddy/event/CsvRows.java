package dev.eddy.event;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file with a header (RFC 4180), as spreadsheets and data frames write them too:
 * separated by commas, semicolons, tabs or |, which the header tells, and with semicolons with
 * decimal commas. A column without a name is called by its place; one that is also without values
 * is none.
 */
final class CsvRows implements TableFile.RowSource {
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  /** So much of the header is looked at to find out what separates its names. */
  private static final int LOOKED_AT = 1 << 16;

  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[-+]?(\\d+|\\d{1,3}(\\.\\d{3})+),\\d+([eE][-+]?\\d+)?");

  private final String file;
  private final Iterator<CsvRecord> lines;
  private final List<String> columns = new ArrayList<>();
  private final Set<String> unnamed = new HashSet<>();
  private final boolean decimalCommas;

  /**
   * Reads the header.
   *
   * @param file its name, for messages
   * @throws TableException if there is none, or it names a column twice
   */
  CsvRows(String file, BufferedReader reader) throws IOException {
    this(file, reader, separator(reader));
  }

  /** Reads the header of a file whose separator is known. */
  CsvRows(String file, BufferedReader reader, char separator) throws IOException {
    this.file = file;
    this.decimalCommas = separator == ';';
    this.lines =
        CsvReader.builder()
            .fieldSeparator(separator)
            .detectBomHeader(false)
            .allowUnclosedQuote(false)
            // Rows are compared with the header here, where the file's name is known.
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(reader)
            .iterator();
    CsvRecord header = nextLine();
    if (header == null) {
      throw new TableException(file + " must start with a header that names its columns");
    }
    header.getFields().forEach(this::addColumn);
  }

  private void addColumn(String text) {
    String name = text.strip();
    if (name.isEmpty()) {
      name = "column" + (columns.size() + 1);
      unnamed.add(name);
    }
    if (columns.contains(name)) {
      throw new TableException(
          "%s must name each column once in its header, got %s twice".formatted(file, name));
    }
    columns.add(name);
  }

  /** Returns what separates most names of the header; leaves the reader where it is. */
  private static char separator(BufferedReader reader) throws IOException {
    int[] counts = new int[SEPARATORS.length];
    boolean quoted = false;
    reader.mark(LOOKED_AT);
    for (int i = 0; i < LOOKED_AT; i++) {
      int c = reader.read();
      quoted ^= c == '"';
      if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
        break;
      }
      for (int s = 0; s < counts.length; s++) {
        counts[s] += !quoted && c == SEPARATORS[s] ? 1 : 0;
      }
    }
    reader.reset();
    int most = 0;
    for (int s = 1; s < counts.length; s++) {
      most = counts[s] > counts[most] ? s : most;
    }
    return SEPARATORS[most];
  }

  @Override
  public @Nullable TableRow read() throws IOException {
    CsvRecord line = nextLine();
    return line == null ? null : row(line);
  }

  @Override
  public Set<String> unnamed() {
    return Set.copyOf(unnamed);
  }

  private @Nullable CsvRecord nextLine() throws IOException {
    try {
      return lines.hasNext() ? lines.next() : null;
    } catch (CsvParseException e) {
      throw new TableException(file + " must be CSV as RFC 4180 has it: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private TableRow row(CsvRecord line) {
    List<String> fields = line.getFields();
    int count = fields.size();
    boolean empty =
        count > columns.size()
            && fields.subList(columns.size(), count).stream().allMatch(String::isEmpty);
    if (count != columns.size() && !empty) {
      throw new TableException(
          "%s line %d must have %d values, got %d"
              .formatted(file, line.getStartingLineNumber(), columns.size(), count));
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = fields.get(i);
      if (!text.isEmpty()) {
        values.put(columns.get(i), decimalCommas ? withDecimalPoint(text) : text);
      } else if (!unnamed.contains(columns.get(i))) {
        values.put(columns.get(i), null);
      }
    }
    return new TableRow(line.getStartingLineNumber(), values);
  }

  private static String withDecimalPoint(String text) {
    String stripped = text.strip();
    return DECIMAL_COMMA.matcher(stripped).matches()
        ? stripped.replace(".", "").replace(',', '.')
        : text;
  }
}

package dev.eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {
  private static final String CSV = "a,b\n1,\"x, \"\"y\"\"\nz\"\n\n2,\n";
  private static final String JSON = "{\"a\":1,\"b\":\"x\"}\n\n{\"a\":null,\"c\":[true]}\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rows.csv", "rows.csv.gz"})
  void readsCsvWithItsLineNumbers(String name) throws IOException {
    List<TableRow> rows = read(file(name, CSV));

    assertThat(rows).extracting(TableRow::line).containsExactly(2L, 5L);
    assertThat(rows.get(0).values()).containsEntry("a", "1").containsEntry("b", "x, \"y\"\nz");
    assertThat(rows.get(0).values().keySet()).containsExactly("a", "b");
    assertThat(rows.get(1).text("a")).isEqualTo("2");
    assertThat(rows.get(1).text("b")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows.jsonl", "rows.jsonl.gz"})
  void readsJsonLinesWithTheirTypes(String name) throws IOException {
    List<TableRow> rows = read(file(name, JSON));

    assertThat(rows).extracting(TableRow::line).containsExactly(1L, 3L);
    assertThat(rows.get(0).values()).isEqualTo(Map.of("a", 1, "b", "x"));
    assertThat(rows.get(1).values()).containsEntry("a", null).containsEntry("c", List.of(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows.csv|a,b;1,2;3|rows.csv line 3 must have 2 values, got 1",
        "rows.csv|a,b;1,2;3,4,5|rows.csv line 3 must have 2 values, got 3",
        "rows.csv|a,b;1,'\"2'|rows.csv must be CSV",
        "rows.jsonl|{\"a\":1};{\"a\":|rows.jsonl line 2 must be one JSON object",
        "rows.jsonl|{\"a\":1} {\"a\":2}|rows.jsonl line 1 must be one JSON object",
        "rows.jsonl|[1]|rows.jsonl line 1 must be one JSON object: found something else",
      })
  void namesTheLineThatCannotBeRead(String name, String lines, String message) throws IOException {
    Path file = file(name, lines.replace(";", "\n").replace("'", ""));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(TableException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows.csv|''|must start with a header",
        "rows.csv|a,b,a|must name each column once in its header, got a twice",
        "rows.csv|column2,|must name each column once in its header, got column2 twice",
        "rows.txt|a|must end in .csv"
      })
  void refusesFilesThatAreNoTables(String name, String text, String message) throws IOException {
    Path file = file(name, text);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(TableException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tellsWhichColumnsHaveNoName() throws IOException {
    try (TableFile csv = TableFile.open(file("rows.csv", ",a\n7,1\n"));
        TableFile json = TableFile.open(file("rows.jsonl", "{\"column1\":7}"))) {
      assertThat(csv.unnamed()).containsExactly("column1");
      assertThat(json.unnamed()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b\\n1.5,x;y\\n| {a=1.5, b=x;y}",
        "\ufeffa,b\\r\\n1.5,x\\r\\n| {a=1.5, b=x}",
        "a;\"b,c,d\"\\n1,5;-1.234,25e3\\n| {a=1.5, b,c,d=-1234.25e3}",
        "a;b\\n1,2,3;x,5\\n| {a=1,2,3, b=x,5}",
        "a\\tb\\n1,5\\tx\\n| {a=1,5, b=x}",
        "`a|b\\n1,5|x\\n`| {a=1,5, b=x}",
        "' a , b '\\n' 1','x '\\n| {a= 1, b=x }",
        ",a\\n7,1\\n| {column1=7, a=1}",
        "a,b,,\\n1,2,,\\n| {a=1, b=2}",
        "a,b\\n1,2,,\\n| {a=1, b=2}",
        "a,b\\n1,\\n| {a=1, b=null}",
      })
  void readsCsvAsSpreadsheetsAndDataFramesWriteIt(String text, String values) throws IOException {
    Path file =
        file(
            "rows.csv",
            text.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r").replace("'", ""));

    assertThat(read(file)).extracting(row -> row.values().toString()).containsExactly(values);
  }

  @Test
  void readsJsonLinesWithAByteOrderMarkAndWithWhatPythonWritesForMissingNumbers()
      throws IOException {
    Path file = file("rows.jsonl", "\ufeff{\"a\":NaN,\"b\":-Infinity}\n");

    assertThat(read(file).get(0).values())
        .isEqualTo(Map.of("a", Double.NaN, "b", Double.NEGATIVE_INFINITY));
  }

  @Test
  void saysWhichFileIsNotThereOrNotCompressedOrNotText() throws IOException {
    Path plain = folder.resolve("plain.csv.gz");
    Files.writeString(plain, CSV);
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "a\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> read(folder.resolve("none.csv")))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> read(plain))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("plain.csv.gz must be readable");
    assertThatThrownBy(() -> read(latin))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("latin.csv must be text in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows.tsv", "rows.tsv.gz"})
  void readsTabsWhereTheNameSaysSo(String name) throws IOException {
    assertThat(read(file(name, "a,b,c\td\n1,5\tx\n")))
        .extracting(row -> row.values().toString())
        .containsExactly("{a,b,c=1,5, d=x}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fffe61000a00| must be text in UTF-8, found UTF-16; convert it, for example: iconv -f"
            + " UTF-16",
        "feff0061000a| must be text in UTF-8, found UTF-16",
        "1f8b08000000| must be text in UTF-8, found data compressed by gzip; rename it to end in"
            + " .gz",
        "504b03041400| must be text in UTF-8, found a zip archive or a spreadsheet",
        "6100c3280a01| must be a table in text, found binary data",
        "61e90a310a| must be text in UTF-8, found bytes that are not; save it as such",
      })
  void saysWhatAFileIsThatIsNoTextInUtf8(String bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("rows.csv"), HexFormat.of().parseHex(bytes));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + " " + message);
  }

  private static List<TableRow> read(Path file) {
    List<TableRow> rows = new ArrayList<>();
    try (TableFile table = TableFile.open(file)) {
      table.forEachRemaining(rows::add);
    }
    return rows;
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}

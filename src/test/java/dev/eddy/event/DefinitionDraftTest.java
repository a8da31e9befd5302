package dev.eddy.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefinitionDraftTest {

  @Test
  void tellsNumbersCategoriesTimeEntityAndWhatToLeaveOut() {
    DefinitionDraft draft = DefinitionDraft.of(request("fault"), rows(200));
    StreamDefinition definition = draft.definition();

    assertThat(definition.source().timestamp()).isEqualTo("timestamp");
    assertThat(definition.source().entity()).isEqualTo("host");
    assertThat(definition.features())
        .containsExactly(Feature.number("cpu"), Feature.category("service"), Feature.number("up"));
    assertThat(definition.labels().field()).isEqualTo("fault");
    assertThat(definition.labels().normal()).containsExactly("none");
    assertThat(draft.leftOut())
        .containsOnlyKeys("row", "version", "trace", "started", "empty", "nested", "class");
    assertThat(draft.rows()).isEqualTo(200);
  }

  @Test
  void takesNoLabelThatWasNotAskedForAndNoneForAFeatureByItsName() {
    DefinitionDraft draft = DefinitionDraft.of(request(null), rows(200));

    assertThat(draft.definition().labels()).isEqualTo(StreamDefinition.Labels.NONE);
    assertThat(draft.leftOut().get("class")).contains("looks like a label");
    assertThat(draft.definition().features()).contains(Feature.category("fault"));
  }

  @Test
  void writesAFileThatReadsAsTheDraft() {
    DefinitionDraft draft = DefinitionDraft.of(request("fault"), rows(50));

    String yaml = draft.yaml("events.csv");

    assertThat(DefinitionReader.parse("draft", yaml).stream()).isEqualTo(draft.definition());
    assertThat(yaml).contains("50 rows of events.csv").contains("#   version: always the same");
  }

  @Test
  void tellsNumbersWithSlipsFromCodesThatMayReadAsNumbers() {
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("load", i == 60 || i == 90 ? "off\nline" : i % 5 == 0 ? "NaN" : "0." + i);
      values.put("often", i % 40 == 0 ? "high" : Integer.toString(i % 7));
      values.put("code", i % 3 == 0 ? "10A" + i % 4 : Integer.toString(i % 5));
      values.put("price", "$%d.50".formatted(i));
      values.put("fixed", i % 4 == 0 ? "-" : "3");
      values.put("gone", i % 4 == 0 ? "-" : "NA");
      rows.add(new TableRow(i + 2L, values));
    }

    DefinitionDraft draft = DefinitionDraft.of(request(null), rows.iterator());

    assertThat(draft.definition().features())
        .containsExactly(
            Feature.number("load"), Feature.category("often"), Feature.category("code"));
    assertThat(draft.slips())
        .containsOnly(
            Map.entry(
                "load", "2 of 162 values are text, the first of them \"off line\" in line 62"));
    assertThat(draft.leftOut())
        .containsEntry("fixed", "always the same")
        .containsEntry("gone", "always missing")
        .hasEntrySatisfying("price", reason -> assertThat(reason).contains("write them plainly"));
    assertThat(draft.yaml("x.csv")).contains("# Numbers, but").contains("#   load: 2 of 162");
  }

  @Test
  void leavesOutDatesInAnyOrderAndNumbersWithASignAndSaysHowToWriteThem() {
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("load", 0.5 * (i % 9));
      values.put("german", i == 7 ? "unknown" : "%02d.%02d.2026".formatted(1 + i % 28, 1 + i % 12));
      values.put("american", "%02d/%02d/2026 9:05 AM".formatted(1 + i % 12, 1 + i % 28));
      values.put("iso", i == 7 ? "?" : "2026-%02d-%02d".formatted(1 + i % 12, 1 + i % 28));
      values.put("percent", (i % 90) + "%");
      values.put("tax", i % 2 == 0 ? "7%" : "19%");
      values.put("bus", "0x%03X".formatted(i % 40));
      rows.add(new TableRow(i + 2, values));
    }

    DefinitionDraft draft = DefinitionDraft.of(request(null), rows.iterator());

    assertThat(draft.definition().features())
        .containsExactly(Feature.number("load"), Feature.category("tax"), Feature.category("bus"));
    assertThat(draft.leftOut().get("german")).startsWith("looks like a date, as dd.mm.yyyy; write");
    assertThat(draft.leftOut().get("american")).startsWith("looks like a date, as mm/dd/yyyy;");
    assertThat(draft.leftOut().get("percent")).endsWith("write them plainly to use them");
  }

  @Test
  void namesTheColumnsForCsv() {
    DefinitionDraft.Request csv =
        new DefinitionDraft.Request("s", "t", Format.CSV, null, null, "fault");

    DefinitionDraft draft = DefinitionDraft.of(csv, rows(50));

    assertThat(draft.definition().source().columns())
        .startsWith("row", "timestamp", "host")
        .contains("nested", "fault");
  }

  @Test
  void takesTheFieldsThatWereAskedForAndRefusesThoseThatAreNotThere() {
    DefinitionDraft.Request asked =
        new DefinitionDraft.Request("s", "t", Format.JSON, "service", "started", null);
    DefinitionDraft.Request absent =
        new DefinitionDraft.Request("s", "t", Format.JSON, "nobody", null, null);

    StreamDefinition definition = DefinitionDraft.of(asked, rows(50)).definition();

    assertThat(definition.source().entity()).isEqualTo("service");
    assertThat(definition.source().timestamp()).isEqualTo("started");
    assertThatThrownBy(() -> DefinitionDraft.of(absent, rows(50)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--entity must name one of the fields row, timestamp, host,")
        .hasMessageContaining("; got nobody");
    assertThatThrownBy(
            () ->
                DefinitionDraft.of(
                    new DefinitionDraft.Request("s", "t", Format.JSON, "fault", null, "fault"),
                    rows(50)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--label must name another field than that of the entity, got fault for both");
  }

  @Test
  void looksAtABoundedNumberOfRows() {
    Iterator<TableRow> endless =
        new Iterator<>() {
          private int row;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public TableRow next() {
            row++;
            return new TableRow(row, Map.of("x", row % 7));
          }
        };

    assertThat(DefinitionDraft.of(request(null), endless).rows())
        .isEqualTo(DefinitionDraft.MAXIMUM_ROWS);
  }

  @Test
  void leavesFreeTextOutOfALongFileToo() {
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < DefinitionDraft.MAXIMUM_ROWS; i++) {
      rows.add(new TableRow(i, Map.of("load", 0.5 * i, "trace", "t-" + i)));
    }

    DefinitionDraft draft = DefinitionDraft.of(request(null), rows.iterator());

    assertThat(draft.leftOut()).containsOnlyKeys("trace");
    assertThat(draft.definition().features()).containsExactly(Feature.number("load"));
  }

  @Test
  void refusesFilesWithoutRowsOrWithoutAnythingToLookAt() {
    assertThatThrownBy(() -> DefinitionDraft.of(request(null), rows(0)))
        .hasMessageContaining("at least one row");
    assertThatThrownBy(
            () ->
                DefinitionDraft.of(
                    request(null), List.of(new TableRow(1, Map.of("x", "1"))).iterator()))
        .hasMessage("there must be a field to learn from, left out all: x: always the same");
  }

  private static DefinitionDraft.Request request(@Nullable String label) {
    return new DefinitionDraft.Request("s", "t", Format.JSON, null, null, label);
  }

  private static Iterator<TableRow> rows(int count) {
    SplittableRandom random = new SplittableRandom(1);
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("row", Integer.toString(i));
      values.put("timestamp", "2023-11-14T22:%02d:%02dZ".formatted(i / 60, i % 60));
      values.put("host", "host-" + i % 3);
      values.put("cpu", i % 10 == 0 ? null : Double.toString(random.nextDouble()));
      values.put("service", random.nextBoolean() ? "http" : "dns");
      values.put("up", i % 2 == 0 ? "true" : "false");
      values.put("version", "1.2");
      values.put("trace", Long.toHexString(random.nextLong()) + "x");
      values.put("started", "2023-11-14");
      values.put("empty", null);
      values.put("nested", List.of(i));
      values.put("class", i % 2 == 0 ? "a" : "b");
      values.put("fault", i % 20 == 0 ? "cpu-hog" : "none");
      rows.add(new TableRow(i + 2L, values));
    }
    return rows.iterator();
  }
}

package dev.eddy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.TableException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledTableTest {
  private static final int ROWS = 60;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("data.csv");
  }

  /** Rows {@code id, load, zone, constant, host, kind}, every tenth of them of kind attack. */
  private void write() throws IOException {
    StringBuilder text = new StringBuilder("id,load,zone,constant,host,kind\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(
          "%d,%s,%s,7,h%d,%s\n"
              .formatted(
                  i,
                  Math.sin(i),
                  i % 3 == 0 ? "a" : "b",
                  i % 2,
                  i % 10 == 0 ? "attack" : "normal"));
    }
    Files.writeString(file, text);
  }

  @Test
  void takesWordsForMissingValuesAsMissingButNotInCategories() throws IOException {
    StringBuilder text = new StringBuilder("load,zone,kind\n");
    for (int i = 0; i < ROWS; i++) {
      String load = i % 9 == 0 ? " N/A" : i % 11 == 0 ? "?" : Double.toString(Math.sin(i));
      text.append("%s,%s,%s\n".formatted(load, i % 3 == 0 ? "none" : "b", i % 10 == 0 ? "x" : "y"));
    }
    Files.writeString(file, text);

    LabelledTable table = read(TableRequest.of("kind", 0));

    assertThat(table.definition().features())
        .extracting(feature -> feature.name() + " " + feature.type())
        .containsExactly("load NUMBER", "zone CATEGORY");
    assertThat(table.normal()).containsExactly("y");
    assertThat(table.rows())
        .filteredOn(row -> Double.isNaN(row.observation().event().number(0)))
        .hasSize(12);
    assertThat(table.rows())
        .extracting(row -> row.observation().event().category(0))
        .containsOnly("none", "b");
  }

  @Test
  void refusesTextsAmongNumbersAndNamesTheWayOut() throws IOException {
    StringBuilder text = new StringBuilder("load,rate,zone,kind\n");
    for (int i = 0; i < 100; i++) {
      text.append(
          "%s,%s,%d,%s\n"
              .formatted(
                  i == 40 ? "broken" : Double.toString(Math.sin(i)),
                  i == 50 ? "12 MB" : Integer.toString(i * i),
                  i % 7,
                  i % 10 == 0 ? "attack" : "normal"));
    }
    Files.writeString(file, text);

    assertThatThrownBy(() -> read(TableRequest.of("kind", 0)))
        .isInstanceOf(TableException.class)
        .hasMessageEndingWith(
            "data.csv column load must hold numbers, 1 of 100 values are text, the first of them"
                + " \"broken\" in line 42; column rate must hold numbers, 1 of 100 values are text,"
                + " the first of them \"12 MB\" in line 52; mend the file, or leave out what is no"
                + " number: --ignore load,rate");
    assertThat(read(TableRequest.of("kind", 0).withIgnored(Set.of("load", "rate"))).rows())
        .hasSize(100);
  }

  private LabelledTable read(TableRequest request) {
    return LabelledTable.read(file, request, rows -> {});
  }

  @Test
  void findsOutWhatTheColumnsAreAndSaysWhatItLeavesOut() throws IOException {
    write();

    LabelledTable table = read(TableRequest.of("kind", 0));

    assertThat(table.definition().features())
        .extracting(feature -> feature.name() + " " + feature.type())
        .containsExactly("load NUMBER", "zone CATEGORY");
    assertThat(table.leftOut())
        .containsEntry("id", "rises with each row: a counter or an identifier")
        .containsEntry("constant", "always the same")
        .containsEntry("host", "looks like the entity; --entity host to use it");
    assertThat(table.normal()).containsExactly("normal");
    assertThat(table.rows()).hasSize(ROWS);
    assertThat(table.anomalies()).isEqualTo(6);
    assertThat(table.rows().get(10).labelClass()).isEqualTo("attack");
    assertThat(table.rows().get(0).observation().context()).isEmpty();
  }

  @Test
  void observesEachRowInItsEntitysPastWhereAnEntityIsNamed() throws IOException {
    write();

    LabelledTable table = read(TableRequest.of("kind", 0).withSeries("host", null));

    assertThat(table.definition().source().entity()).isEqualTo("host");
    assertThat(table.rows().get(0).observation().context()[0]).isNaN();
    assertThat(table.rows().get(ROWS - 1).observation().context()[0]).isFinite();
  }

  @Test
  void passesOverWhatIsIgnoredAndTakesTheNormalValueThatIsNamed() throws IOException {
    write();
    TableRequest request =
        new TableRequest("kind", null, null, null, Set.of("zone"), Set.of("attack"), 100, 0);

    LabelledTable table = read(request);

    assertThat(table.definition().features()).hasSize(1);
    assertThat(table.leftOut()).containsEntry("zone", "ignored, as asked");
    assertThat(table.anomalies()).isEqualTo(ROWS - 6);
  }

  @Test
  void refusesToIgnoreAColumnThatIsNotThereAndNamesThoseThatAre() throws IOException {
    write();
    TableRequest drafted = TableRequest.of("kind", 0).withIgnored(Set.of("zones"));
    TableRequest given = given("kind", null, Set.of("zones"));

    for (TableRequest request : List.of(drafted, given)) {
      assertThatThrownBy(() -> read(request))
          .isInstanceOf(TableException.class)
          .hasMessage(
              "--ignore must name columns of %s, which are id, load, zone, constant, host, kind;"
                  + " got zones; did you mean zone?",
              file);
    }
  }

  @Test
  void refusesToIgnoreWhatItNeeds() throws IOException {
    write();

    assertThatThrownBy(() -> read(TableRequest.of("kind", 0).withIgnored(Set.of("kind"))))
        .isInstanceOf(TableException.class)
        .hasMessage("--ignore must leave the label of the rows, got kind");
    assertThatThrownBy(() -> read(given("kind", null, Set.of("host"))))
        .isInstanceOf(TableException.class)
        .hasMessage("--ignore must leave the entity of the rows, got host");
  }

  @Test
  void leavesOutOfAStreamsFeaturesWhatIsIgnoredAndWhatIsTheLabelOrTheTime() throws IOException {
    write();

    LabelledTable table = read(given("kind", "id", Set.of("load")));

    assertThat(table.definition().features()).extracting(Feature::name).containsExactly("constant");
    assertThat(table.definition().context().rates()).isEmpty();
    assertThat(table.leftOut())
        .containsOnly(
            Map.entry("load", "ignored, as asked"),
            Map.entry("kind", "is the label, which detection must not see"),
            Map.entry(
                "id",
                "is the time, from 1970-01-01T00:00:00Z to 1970-01-01T00:00:59Z, as seconds since"
                    + " 1970; is it one?"));
  }

  @Test
  void refusesAStreamOfWhichNothingIsLeft() throws IOException {
    write();

    assertThatThrownBy(() -> read(given("kind", "id", Set.of("load", "constant"))))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("the stream must have a feature left to look at, left out all: ");
  }

  private static TableRequest given(String label, @Nullable String timestamp, Set<String> ignored) {
    StreamDefinition definition =
        StreamDefinition.of(
                "s",
                new StreamDefinition.Source(
                    "t", StreamDefinition.Format.JSON, "host", null, List.of()),
                List.of(
                    Feature.number("id"),
                    Feature.number("load"),
                    Feature.number("constant"),
                    Feature.category("kind")))
            .withContext(StreamDefinition.Context.of(200, 0, List.of("load", "id")));
    return new TableRequest(label, null, timestamp, definition, ignored, Set.of(), 1_000, 0);
  }

  @Test
  void takesTheMostFrequentValueForNormalWhereNoWordSaysSo() {
    assertThat(LabelledTable.normalOf(Map.of("x", 3L, "y", 5L))).containsExactly("y");
    assertThat(LabelledTable.normalOf(Map.of("x", 9L, "ok", 1L, "0", 1L)))
        .containsExactly("0", "ok");
  }

  @Test
  void givesRowsThatDoNotFollowOneAnotherPlacesOfChanceSinceFilesAreSortedByClass()
      throws IOException {
    Files.writeString(file, "at,value,label\n" + "1,2.5,0\n3,4.5,0\n5,1.5,1\n".repeat(20));

    List<Long> apart = places(read(TableRequest.of("label", 5)));
    List<Long> series = places(read(TableRequest.of("label", 5).withSeries(null, "at")));

    assertThat(apart).doesNotHaveDuplicates().isNotEqualTo(apart.stream().sorted().toList());
    assertThat(apart).isEqualTo(places(read(TableRequest.of("label", 5))));
    assertThat(series).isSorted().last().isEqualTo(61L);
  }

  private static List<Long> places(LabelledTable table) {
    return table.rows().stream()
        .map(row -> row.observation().event().coordinates().offset())
        .toList();
  }

  @Test
  void keepsASampleOfALongFileInTheFilesOrder() throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write("value,label\n");
      for (int i = 0; i < 20_000; i++) {
        writer.write("%.1f,%d\n".formatted(Math.floorDiv(i, 4) + 0.5, i % 100 == 0 ? 1 : 0));
      }
    }
    TableRequest request =
        new TableRequest("label", null, null, null, Set.of(), Set.of(), 1_000, 5);

    LabelledTable table = read(request);

    assertThat(table.rowsInFile()).isEqualTo(20_000);
    assertThat(table.rows()).hasSize(1_000);
    assertThat(table.rows()).extracting(row -> row.observation().event().number(0)).isSorted();
    assertThat(
            table.rows().stream()
                .filter(row -> row.observation().event().number(0) > 2_500)
                .count())
        .as("kept of the second half")
        .isBetween(430L, 570L);
    assertThat(read(request).rows())
        .extracting(row -> row.observation().event().coordinates().offset())
        .isEqualTo(
            table.rows().stream()
                .map(row -> row.observation().event().coordinates().offset())
                .toList());
  }

  @Test
  void saysWhichColumnIsNotThereAndWhatMayBeMeant() throws IOException {
    write();

    assertThatThrownBy(() -> read(TableRequest.of("kinds", 0)))
        .isInstanceOf(TableException.class)
        .hasMessage(
            "--label must name a column of %s, which are id, load, zone, constant, host, kind;"
                + " got kinds; did you mean kind?",
            file);
    assertThatThrownBy(() -> read(TableRequest.of("kind", 0).withSeries("hosts", null)))
        .hasMessageContaining("--entity")
        .hasMessageEndingWith("did you mean host?");
  }

  @Test
  void refusesTheLabelForTheEntityOrTheTime() throws IOException {
    write();

    assertThatThrownBy(() -> read(TableRequest.of("kind", 0).withSeries("kind", null)))
        .isInstanceOf(TableException.class)
        .hasMessage("--label must name another column than that of the entity, got kind for both");
    assertThatThrownBy(() -> read(given("id", "id", Set.of())))
        .isInstanceOf(TableException.class)
        .hasMessage("--label must name another column than that of the time, got id for both");
    assertThatThrownBy(() -> read(given("host", null, Set.of())))
        .hasMessage("--label must name another column than that of the entity, got host for both");
  }

  @Test
  void countsTheRowsWithoutAnEntityOrATimeAndNamesTheColumn() throws IOException {
    Files.writeString(
        file, "at,host,load,label\n" + "5,a,1.5,0\n6,,2.5,1\n,a,3.5,0\n NA,a,2,0\n".repeat(9));

    assertThatThrownBy(() -> read(TableRequest.of("label", 0).withSeries(null, "at")))
        .isInstanceOf(TableException.class)
        .hasMessage(
            "%s column at must hold a time in each row, found none in 18 of 36 rows, the first in"
                + " line 4",
            file);
    assertThatThrownBy(() -> read(TableRequest.of("label", 0).withSeries("host", null)))
        .hasMessageEndingWith(
            "column host must hold an entity in each row, found none in 9 of 36 rows, the first in"
                + " line 3");
  }

  @Test
  void countsTheRowsThatAreOlderThanOneOfTheirEntityBeforeThemAndTellsTheSpanOfTime()
      throws IOException {
    Files.writeString(
        file,
        """
        at,host,load,label
        2026-01-05,a,1.5,0
        2026-01-04,b,2.5,1
        2026-01-03,a,3.5,0
        2026-01-06,b,2,0
        """);

    LabelledTable table = read(TableRequest.of("label", 0).withSeries("host", "at"));

    assertThat(table.late()).isOne();
    assertThat(table.leftOut())
        .containsEntry("at", "is the time, from 2026-01-03T00:00:00Z to 2026-01-06T00:00:00Z");
  }

  @Test
  void namesTheColumnsOfAFileWhoseSeparatorIsUnknown() throws IOException {
    Files.writeString(file, "a/label\n1/0\n");

    assertThatThrownBy(() -> read(TableRequest.of("label", 0)))
        .hasMessage(
            "--label must name a column of %s, which are a/label; got label; values are told apart"
                + " by commas, semicolons, tabs or |, which the header decides",
            file);
  }

  @Test
  void refusesAFileWithoutRows() throws IOException {
    Files.writeString(file, "a,label\n");

    assertThatThrownBy(() -> read(TableRequest.of("label", 0)))
        .isInstanceOf(TableException.class)
        .hasMessage("%s must hold at least one row, found none", file);
  }

  @Test
  void refusesALabelThatIsANumberOfItsOwnInEachRow() throws IOException {
    StringBuilder text = new StringBuilder("a,label\n");
    for (int i = 0; i < 1_100; i++) {
      text.append(i % 7).append(',').append(i * 0.5).append('\n');
    }
    Files.writeString(file, text);

    assertThatThrownBy(() -> read(TableRequest.of("label", 0)))
        .hasMessageEndingWith(
            "must hold classes, at most 1000 of them, found more; is it a number?");
  }

  @Test
  void refusesOneKindOfRowAlone() throws IOException {
    Files.writeString(file, "a,label\n1,0\n2,0\n3,0\n");
    LabelledTable normal = read(TableRequest.of("label", 0));
    TableRequest none = new TableRequest("label", null, null, null, Set.of(), Set.of("x"), 9, 0);
    LabelledTable anomalous = read(none);

    assertThatThrownBy(() -> normal.requireBothKinds(file, "label"))
        .hasMessage(
            "%s column label must hold anomalies too, found only 0, taken for normal, in 3 rows",
            file);
    assertThatThrownBy(() -> anomalous.requireBothKinds(file, "label"))
        .hasMessageContaining(
            "must hold normal rows too, found none of x in 3 rows; name the normal value by")
        .hasMessageEndingWith("--normal");
  }

  @Test
  void refusesToDivideASingleRowOfAKind() throws IOException {
    Files.writeString(file, "a,label\n1,0\n2,0\n3,1\n");
    LabelledTable table = read(TableRequest.of("label", 0));
    LabelledTable reversed =
        read(new TableRequest("label", null, null, null, Set.of(), Set.of("1"), 9, 0));

    table.requireDivisible(file, "label", Protocol.ONE_CLASS);
    assertThatThrownBy(() -> table.requireDivisible(file, "label", Protocol.CONTAMINATED))
        .isInstanceOf(TableException.class)
        .hasMessage(
            "%s column label must hold at least 2 anomalies, one to learn from and one to measure"
                + " on, got 1 in 3 rows; --protocol one-class measures on all of them",
            file);
    assertThatThrownBy(() -> reversed.requireDivisible(file, "label", Protocol.ONE_CLASS))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("at least 2 normal rows")
        .hasMessageEndingWith("got 1 of 1 in 3 rows");
  }

  @Test
  void namesTheLineWhereATextStandsInPlaceOfANumber() throws IOException {
    StringBuilder text = new StringBuilder("a,label\n");
    for (int i = 0; i < 20_005; i++) {
      text.append(i % 13).append(',').append(i % 2).append('\n');
    }
    Files.writeString(file, text + "many,0\n");

    assertThatThrownBy(() -> read(TableRequest.of("label", 0)))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("line 20007")
        .hasMessageContaining("must be a finite number");
  }

  @Test
  void namesTheLineThatHasAnotherNumberOfValues() throws IOException {
    Files.writeString(file, "a,label\n1,0\n2\n");

    assertThatThrownBy(() -> read(TableRequest.of("label", 0)))
        .hasMessage("%s line 3 must have 2 values, got 1", file);
  }

  @Test
  void asksForTheSameColumnsInAnotherFile() throws IOException {
    write();
    TableRequest request = TableRequest.of("kind", 0);
    LabelledTable table = read(request);
    Path other = Files.writeString(folder.resolve("other.csv"), "loads,zone,kind\n1,a,normal\n");

    assertThatThrownBy(() -> LabelledTable.read(other, request.like(table), rows -> {}))
        .isInstanceOf(TableException.class)
        .hasMessage("%s must have a column load, found none; did you mean loads?", other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "null", "NA", "None", "?", " nan "})
  void passesOverLabelsThatAreWordsForAMissingValue(String word) throws IOException {
    Files.writeString(file, "a,label\n" + "1,0\n2,%s\n3,1\n".formatted(word).repeat(20));

    LabelledTable table = read(TableRequest.of("label", 0));

    assertThat(table.rows()).hasSize(40);
    assertThat(table.rowsInFile()).isEqualTo(40);
    assertThat(table.anomalies()).isEqualTo(20);
    assertThat(table.unlabelled()).isEqualTo(20);
    assertThat(table.normal()).containsExactly("0");
  }

  @Test
  void takesNoneForNormalWhereNoOtherValueIsAndAWordThatWasNamed() throws IOException {
    Files.writeString(file, "a,label\n" + "1,none\n2,NA\n3,leak\n4,-\n".repeat(20));

    LabelledTable found = read(TableRequest.of("label", 0));
    LabelledTable named =
        read(new TableRequest("label", null, null, null, Set.of(), Set.of("NA"), 99, 0));

    assertThat(found.normal()).containsExactly("none");
    assertThat(found.anomalies()).isEqualTo(40);
    assertThat(found.unlabelled()).isEqualTo(20);
    assertThat(named.anomalies()).isEqualTo(40);
    assertThat(named.unlabelled()).as("of none").isEqualTo(20);
  }

  @Test
  void saysHowManyRowsWerePassedOverWhereOneKindIsLeft() throws IOException {
    Files.writeString(file, "a,label\n1,bad\n2,\n3,bad\n4,NaN\n");
    LabelledTable table = read(TableRequest.of("label", 0));

    assertThatThrownBy(() -> table.requireBothKinds(file, "label"))
        .hasMessageContaining(
            "found only bad, taken for normal, in 2 rows; 2 rows without a label");
  }

  @Test
  void passesOverRowsWithoutALabel() throws IOException {
    Files.writeString(file, "a,label\n1,0\n2,\n3,1\n");

    LabelledTable table = read(TableRequest.of("label", 0));

    assertThat(table.rows()).hasSize(2);
    assertThat(table.unlabelled()).isOne();
  }
}

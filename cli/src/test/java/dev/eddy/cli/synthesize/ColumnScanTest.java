package dev.eddy.cli.synthesize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.event.DistinctTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnScanTest {

  private static TableColumn decide(String name, List<String> values) {
    ColumnScan scan = new ColumnScan(name, new DistinctTexts.Room());
    values.forEach(value -> scan.add(2, value.isEmpty() ? null : value));
    return scan.decide(values.stream().filter(value -> !value.isEmpty()).toList());
  }

  private static List<String> values(int rows, IntFunction<String> value) {
    return IntStream.range(0, rows).mapToObj(value).toList();
  }

  @Test
  void writesNumbersWithTheDecimalsOfTheSource() {
    TableColumn.Numeric money =
        (TableColumn.Numeric) decide("price", List.of("1.50", "2.25", "10.00", "2.25"));
    TableColumn.Numeric mixed =
        (TableColumn.Numeric) decide("x", List.of("1.5", "2.25", "0.0", "3.125"));
    TableColumn.Numeric whole = (TableColumn.Numeric) decide("n", List.of("3", "-4", "3"));

    assertThat(money.write(7.5)).isEqualTo("7.50");
    assertThat(mixed.write(7.5)).isEqualTo("7.5");
    assertThat(mixed.write(7.12345)).isEqualTo("7.123");
    assertThat(mixed.write(7)).isEqualTo("7.0");
    assertThat(whole.write(12)).isEqualTo("12");
  }

  @Test
  void keepsTheWordForAMissingNumber() {
    TableColumn.Numeric column = (TableColumn.Numeric) decide("n", List.of("1", "NA", "2", "NA"));

    assertThat(column.read("NA")).isNaN();
    assertThat(column.write(Double.NaN)).isEqualTo("NA");
  }

  @Test
  void refusesNumbersWithAFewTextsAmongThem() {
    List<String> slips = values(100, row -> row == 7 ? "broken" : Integer.toString(row % 9));
    List<String> codes = values(100, row -> row % 10 == 7 ? "10A3" : Integer.toString(row % 9));

    assertThatThrownBy(() -> decide("load", slips))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("column load must hold numbers, 1 of 100 values are text")
        .hasMessageContaining("--ignore load");
    assertThat(decide("code", codes)).isInstanceOf(TableColumn.Category.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-28, date as yyyy-MM-dd",
    "2026-02-28 23:59:01, date as yyyy-MM-dd HH:mm:ss",
    "2026-02-28T23:59:01+02:00, date as yyyy-MM-ddTHH:mm:ss+02:00",
    "23:59, time as HH:mm",
  })
  void learnsDatesAndTimesInTheirFormat(String text, String treatment) {
    TableColumn.Date column =
        (TableColumn.Date)
            decide(
                "when",
                List.of(text, text.replace("23:59", "11:07"), "", text.replace("28", "27")));

    assertThat(column.treatment()).isEqualTo(treatment);
    assertThat(column.write(column.read(text))).isEqualTo(text);
    assertThat(column.write(column.read(null))).isEmpty();
  }

  @Test
  void makesNoIdentifiersOfTimes() {
    TableColumn mixed =
        decide("t", values(60, i -> i == 7 ? "yesterday" : "2026-01-01T10:%02d:00Z".formatted(i)));
    TableColumn months = decide("t", values(60, i -> "%d Jan %d".formatted(1 + i % 28, 1960 + i)));
    TableColumn epochs = decide("t", values(60, i -> Long.toString(1_767_225_600L + 61L * i)));
    TableColumn nanos =
        decide("t", values(60, i -> Long.toString(1_767_225_600_123_456_789L + 7L * i)));

    assertThat(mixed).isInstanceOf(TableColumn.Fixed.class);
    assertThat(mixed.treatment()).contains("not all in one format", "left empty");
    assertThat(months).isInstanceOf(TableColumn.Fixed.class);
    assertThat(epochs).isInstanceOf(TableColumn.Numeric.class);
    assertThat(nanos).isInstanceOf(TableColumn.Numeric.class);
  }

  @Test
  void learnsNumbersWithCurrenciesAndSeparators() {
    assertThat(decide("price", values(60, i -> "$%d.50".formatted(i * 7))).treatment())
        .isEqualTo("number with 2 decimals, written as $12.50");
    assertThat(decide("count", List.of("850", "1,234", "12,345")))
        .isInstanceOf(TableColumn.Numeric.class);
    assertThat(decide("price", values(60, i -> (i % 2 == 0 ? "$" : "€") + i + ".50")))
        .isInstanceOf(TableColumn.Fixed.class);
  }

  @Test
  void learnsLargeNumbersButNotThoseOfAccounts() {
    List<String> amounts = values(60, i -> i == 5 ? "1e300" : i * 7 % 61 + ".25");
    List<String> accounts = values(60, i -> Long.toString(4_111_111_111_111_000L + i % 20));

    assertThat(decide("amount", amounts)).isInstanceOf(TableColumn.Numeric.class);
    assertThat(decide("total", values(60, i -> "9007199254" + (740_993L + i * 37 % 61))))
        .isInstanceOf(TableColumn.Numeric.class);
    assertThat(decide("payer", accounts)).isInstanceOf(TableColumn.Category.class);
  }

  @Test
  void takesNoTextForADateThatIsNone() {
    assertThat(decide("d", List.of("2026-02-30", "2026-01-01", "2026-02-30")))
        .isInstanceOf(TableColumn.Category.class);
  }

  @Test
  void copiesAConstantAndKeepsAnEmptyColumnEmpty() {
    assertThat(((TableColumn.Fixed) decide("c", List.of("x", "x"))).text()).isEqualTo("x");
    assertThat(((TableColumn.Fixed) decide("c", List.of("", ""))).text()).isEmpty();
    assertThat(((TableColumn.Fixed) decide("c", List.of("NA", "NA"))).text()).isEqualTo("NA");
    assertThat(decide("c", List.of("x", "", "x")))
        .as("missing or x is something to learn")
        .isInstanceOf(TableColumn.Category.class);
  }

  @Test
  void copiesNoConstantThatEarlierRowsDoNotHave() {
    ColumnScan late = new ColumnScan("c", new DistinctTexts.Room(), 3, true);
    late.add(4, "x");
    late.add(5, "x");

    assertThat(late.decide(List.of("x", "x"))).isInstanceOf(TableColumn.Category.class);
  }

  @Test
  void takesCodesAndTruthForCategories() {
    assertThat(decide("code", List.of("007", "012", "007")))
        .isInstanceOf(TableColumn.Category.class);
    assertThat(decide("flag", List.of("true", "false"))).isInstanceOf(TableColumn.Category.class);
  }

  @Test
  void makesIdentifiersAnewInTheirFormat() {
    List<String> users = values(100, i -> "usr-%05d".formatted(7 * i));
    TableColumn.Identifier user = (TableColumn.Identifier) decide("user", users);
    TableColumn.Identifier row =
        (TableColumn.Identifier) decide("n", values(100, i -> "" + (i + 1)));
    SplittableRandom random = new SplittableRandom(1);

    List<String> made = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      made.add(user.format().make(random));
    }

    assertThat(made).allMatch(id -> id.matches("usr-0\\d{4}")).doesNotHaveDuplicates();
    assertThat(made).doesNotContainAnyElementsOf(users);
    assertThat(row.format().make(random)).isEqualTo("101");
    assertThat(row.format().make(random)).isEqualTo("102");
  }

  @Test
  void leavesFreeTextOut() {
    TableColumn column =
        decide("note", values(50, i -> "customer %d called about it".formatted(i)));

    assertThat(column).isInstanceOf(TableColumn.Fixed.class);
    assertThat(column.treatment()).contains("free text");
  }

  @Test
  void saysHowManyOfManyCategoriesAreNeverMade() {
    TableColumn column = decide("c", values(150_000, i -> "v" + (i < 50_000 ? i % 2 : i / 3)));

    assertThat(column).isInstanceOf(TableColumn.Category.class);
    assertThat(column.treatment()).contains("too rare to be made");
  }

  @Test
  void learnsUniqueNumbersThatAreNoIdentifiers() {
    List<String> shuffled = values(100, i -> "" + (i * 37 % 101));

    assertThat(decide("amount", shuffled)).isInstanceOf(TableColumn.Numeric.class);
    assertThat(decide("CustomerId", shuffled)).isInstanceOf(TableColumn.Identifier.class);
    assertThat(decide("paid", shuffled)).isInstanceOf(TableColumn.Numeric.class);
  }

  @Test
  void sharesOutTheRowsThatAreKept() {
    var classes = new TreeMap<String, Long>();
    classes.put("a", 1_000_000L);
    classes.put("b", 500_000L);
    classes.put("c", 100L);

    assertThat(TableSample.quota(classes, 100_100)).isEqualTo(50_000);
    assertThat(TableSample.quota(classes, 10_000_000)).isEqualTo(10_000_000);
  }
}

package dev.eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateNotationTest {
  @ParameterizedTest
  @CsvSource({
    "2026-12-31, YEAR_FIRST",
    "2026/1/31 12:30, YEAR_FIRST",
    "2026-12-31T10:15:30.123456+02:00, YEAR_FIRST",
    "31.12.2026, DAY_FIRST",
    "31.1.2026 9:05, DAY_FIRST",
    "31/12/2026 23:59:59, DAY_FIRST",
    "12/31/2026, MONTH_FIRST",
    "1/31/2026 9:05 PM, MONTH_FIRST",
    "12-31-2026 10:15:30Z, MONTH_FIRST",
  })
  void tellsTheOrderOfDayMonthAndYear(String text, DateNotation notation) {
    assertThat(DateNotation.of(text)).containsExactly(notation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"05.06.2026", "5/6/2026 12:00"})
  void leavesOpenWhatADayOfTheFirstTwelveMayBe(String text) {
    assertThat(DateNotation.of(text))
        .containsExactly(DateNotation.DAY_FIRST, DateNotation.MONTH_FIRST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20261231",
        "1767225600",
        "31.02.2026",
        "2026-13-01",
        "1.2.3",
        "10.0.0.1",
        "12:30:00",
        "31.12.2026x",
        "1/2/26",
        "1234.5678"
      })
  void takesNothingElseForADate(String text) {
    assertThat(DateNotation.of(text)).isEmpty();
  }
}

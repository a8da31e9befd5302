package dev.eddy.cli.synthesize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberStyleTest {
  private static NumberStyle of(String texts) {
    return Objects.requireNonNull(NumberStyle.of(List.of(texts.split(";"))), texts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$12.50;$1204.00;-$3.10",
        "$12.50;$1,204.00;$-3.10",
        "12.34 EUR;0.50 EUR",
        "EUR 1.234,50;EUR 7,00",
        "1,234;987;12,345,678",
        "53.7%;0.0%;100.0%",
        "754,65;1618,59",
        "(14.60);7.81",
        "1'204.50;3.00",
        "1 204,5;3,0",
        "12 kg;7 kg",
        "15ms;230ms",
        "2.086e-07;4.100e-06",
        "2.35E+07;1.16E+09",
        "1e300;66.30;179.00",
        "8.202300445186922e-05;0.28681720908755537",
        ".5;.25;-.125",
        "0.00000000012;0.5",
        "9007199254740993;5",
        "1767225600123456789;1767225600123456790",
        "12345678901234567890;12345678901234567891",
      })
  void writesWhatItReadInTheSameForm(String texts) {
    NumberStyle style = of(texts);

    assertThat(List.of(texts.split(";")))
        .allSatisfy(text -> assertThat(style.write(style.read(text))).isEqualTo(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$12.50;$1,204.00         | 98765.4321       | $98,765.43",
        "53.7%;4.0%               | 12.3456          | 12.3%",
        "2.086e-07;4.1e-06        | 6.40911621000e-7 | 6.409e-07",
        "2.086e-07;4.1e-06        | 0                | 0.0e+00",
        "2.35E+07;1.16E+09        | 31234567         | 3.12E+07",
        "0.000115;0.002006        | 0.00000061234    | 0.000001",
        "0.00000000012;0.5        | 6.2e-9           | 0.0000000062",
        "1e300;66.30;179.00       | 1234.5678        | 1234.57",
        "8.2e-05;0.28681720908755 | 0.0000312345678  | 3.1e-05",
        "(14.60);7.81             | -1.5             | (1.50)",
      })
  void writesNumbersAsTheSourceWouldHave(String texts, double value, String written) {
    assertThat(of(texts).write(value)).isEqualTo(written);
  }

  @Test
  void learnsWholeNumbersTooLargeForADoubleFromTheSmallestOn() {
    NumberStyle style = of("1767225600123456789;1767225600123456790;1767225600123457000");

    assertThat(style.read("1767225600123456790")).isEqualTo(1);
    assertThat(style.write(12.4)).isEqualTo("1767225600123456801");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INV 123", "A123", "007%", "12 Main St", "1234EURO", "1,23,456.7.8", "10.0.7.1"})
  void takesCodesForNoNumbers(String text) {
    assertThat(NumberStyle.isAdorned(text)).as(text).isFalse();
    assertThat(NumberStyle.of(List.of(text, text))).isNull();
  }

  @Test
  void findsNoStyleForSeveralCurrencies() {
    assertThat(NumberStyle.of(List.of("$12.50", "€3.10"))).isNull();
  }
}

package dev.eddy.stream.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.Explanation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertSummaryTest {

  @Test
  void namesTheFieldsThatCountMostAndNoOthers() {
    String summary =
        AlertSummary.of(
            "host-1",
            new Explanation(
                1,
                List.of(
                    new Contribution("disk", "81234567.8", "210000", null, 0.6),
                    new Contribution("protocol", "icmp", "tcp", null, 0.25),
                    new Contribution("load", "0.9", "0.8", null, 0.05))));

    assertThat(summary)
        .isEqualTo("host-1: disk is 81,200,000, expected 210,000; protocol is icmp, expected tcp");
  }

  @Test
  void namesAtMostThreeFields() {
    String summary =
        AlertSummary.of(
            "h",
            new Explanation(
                1,
                List.of(
                    new Contribution("a", "1", "2", null, 0.25),
                    new Contribution("b", "1", "2", null, 0.25),
                    new Contribution("c", "1", "2", null, 0.25),
                    new Contribution("d", "1", "2", null, 0.25))));

    assertThat(summary).endsWith("c is 1, expected 2");
  }

  @Test
  void namesTheFirstFieldHoweverLittleItExplains() {
    String summary = summary(new Contribution("a", "1", null, null, 0.01));

    assertThat(summary).isEqualTo("h: a is 1");
  }

  @Test
  void saysThatAValueIsMissing() {
    String summary = summary(new Contribution("a", null, "5", null, 1));

    assertThat(summary).isEqualTo("h: a is missing, expected 5");
  }

  @Test
  void saysThatNoSingleFieldIsToBlame() {
    assertThat(AlertSummary.of("h", Explanation.NONE))
        .isEqualTo("h: unusual, but no single field says why");
  }

  @Test
  void saysFromWhereOnTheRecordWouldBeNormal() {
    String summary =
        AlertSummary.of(
            "h",
            new Explanation(
                9,
                List.of(
                    new Contribution("a", "90", "5", "12", 0.9),
                    new Contribution("b", "icmp", "tcp", "tcp", 0.1))));

    assertThat(summary)
        .isEqualTo("h: a is 90, expected 5 (normal from 12); b is icmp, expected tcp");
  }

  @Test
  void saysThatNoChangeOfOneFieldWouldDo() {
    var wrong = new Contribution("a", "90", "5", null, 1);

    assertThat(AlertSummary.of("h", new Explanation(9, List.of(wrong))))
        .isEqualTo("h: a is 90, expected 5; no change of one field makes it normal");
    assertThat(AlertSummary.of("h", new Explanation(4, List.of(wrong))))
        .as("a record that is unusual only together with others")
        .isEqualTo("h: a is 90, expected 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "0.123456 | 0.123",
        "-4321.9 | -4,320",
        "0.00001234 | 0.0000123",
        "1e20 | 1E+20"
      })
  void writesNumbersWithThreeSignificantDigits(String value, String written) {
    assertThat(summary(new Contribution("a", value, null, null, 1)))
        .isEqualTo("h: a is " + written);
  }

  private static String summary(Contribution contribution) {
    return AlertSummary.of("h", new Explanation(1, List.of(contribution)));
  }
}

package dev.eddy.stream.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.StreamDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlertThresholdTest {
  private static final double TOLERANCE = 1e-12;
  private final AlertThreshold threshold =
      new AlertThreshold(
          new StreamDefinition.Alerts(10, Duration.ofHours(1), Duration.ofMinutes(1)));

  @Test
  void isOneRecordInAHundredUntilARateIsKnown() {
    assertThat(threshold.current()).isEqualTo(-Math.log(0.01));
  }

  @Test
  void letsAsManyRecordsReachItAsTheBudgetAllows() {
    threshold.rate(0, 1_000); // 60,000 an hour, of which 5 may

    assertThat(threshold.current()).isEqualTo(Math.log(12_000), within(TOLERANCE));
  }

  @Test
  void sharesTheBudgetAmongPartitions() {
    threshold.partitions(2);
    threshold.rate(0, 1_000);
    threshold.rate(1, 500);

    assertThat(threshold.current()).isEqualTo(Math.log(18_000), within(TOLERANCE));
  }

  @Test
  void takesPartitionsOfOtherProcessesToBeLikeItsOwn() {
    threshold.partitions(4);
    threshold.rate(0, 1_000);
    threshold.rate(3, 1_000);
    threshold.forget(3);

    assertThat(threshold.current()).isEqualTo(Math.log(48_000), within(TOLERANCE));
  }

  @Test
  void countsItsOwnEmptyPartitionsAsEmpty() {
    threshold.partitions(4);
    threshold.reads(0);
    threshold.reads(1);
    assertThat(threshold.current()).isEqualTo(AlertThreshold.MINIMUM);

    threshold.rate(0, 1_000); // two partitions hold 1,000, so four may hold 2,000

    assertThat(threshold.current()).isEqualTo(Math.log(24_000), within(TOLERANCE));
  }

  @Test
  void staysAtOneRecordInAHundredForAQuietStream() {
    threshold.rate(0, 1);

    assertThat(threshold.current()).isEqualTo(AlertThreshold.MINIMUM);
  }

  @Test
  void rejectsATopicWithoutPartitions() {
    assertThatThrownBy(() -> threshold.partitions(0)).hasMessage("partitions must be >= 1, got 0");
  }
}

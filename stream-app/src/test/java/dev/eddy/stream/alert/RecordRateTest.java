package dev.eddy.stream.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordRateTest {
  private static final long MINUTE = 60_000;
  private final RecordRate rate = RecordRate.empty();

  @Test
  void extrapolatesTheFirstMinuteFromItsBeginning() {
    for (int i = 0; i <= 50; i++) {
      rate.count(i * 200L); // five a second, for ten seconds
    }

    assertThat(rate.perMinute(10_000)).isEqualTo(51 * 6, within(1e-9));
  }

  @Test
  void takesTheFirstRecordForOneASecondAtMost() {
    rate.count(0);

    assertThat(rate.perMinute(0)).isEqualTo(60);
  }

  @Test
  void averagesOverMinutes() {
    count(0, 100);
    count(MINUTE, 100);
    count(2 * MINUTE, 200);
    rate.count(3 * MINUTE);

    // by hand: weights 0.999^2, 0.999 and 1 of 100, 100 and 200
    assertThat(rate.perMinute(3 * MINUTE)).isEqualTo(133.3, within(1.0));
  }

  @Test
  void countsAJumpOfTimeAsOneMinute() {
    count(0, 100);
    count(1_000 * MINUTE, 100);
    rate.count(2_000 * MINUTE);

    assertThat(rate.perMinute(2_000 * MINUTE)).isEqualTo(100, within(2.0));
  }

  @Test
  void countsARecordFromThePastWhereTheClockStands() {
    count(10 * MINUTE, 60);
    count(0, 60);
    rate.count(11 * MINUTE);

    assertThat(rate.perMinute(11 * MINUTE)).isEqualTo(120, within(2.0));
  }

  @Test
  void isNeverBelowOneAMinute() {
    rate.count(0);
    rate.count(100 * MINUTE);
    rate.count(200 * MINUTE);

    assertThat(rate.perMinute(200 * MINUTE)).isGreaterThanOrEqualTo(1);
  }

  @Test
  void keepsItsStateInBytes() {
    count(0, 100);
    count(MINUTE, 50);
    rate.count(2 * MINUTE);

    assertThat(RecordRate.fromBytes(rate.toBytes()).perMinute(2 * MINUTE))
        .isEqualTo(rate.perMinute(2 * MINUTE));
  }

  private void count(long from, int records) {
    for (int i = 0; i < records; i++) {
      rate.count(from + i * MINUTE / records);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, -15", "6000, -15", "100, 60", "200, 60", "1000, 525600"})
  void countsOnThoughSomeRecordsAreLateOrAhead(int oneIn, int minutesOff) {
    long last = 0;
    for (int i = 0; i < 120_000; i++) { // twenty minutes of 6,000 records
      last = 100 * MINUTE + i * MINUTE / 6_000;
      rate.count(i % oneIn == oneIn - 1 ? last + minutesOff * MINUTE : last);
    }

    assertThat(rate.perMinute(last)).isEqualTo(6_000, within(300.0));
  }

  @Test
  void goesOnAfterOneRecordOfTheFarFuture() {
    long year = 365L * 24 * 3_600_000;
    RecordRate fresh = RecordRate.empty();
    fresh.count(year);

    for (long millis = 0; millis < 600_000; millis += 1_000) {
      fresh.count(millis);
    }

    assertThat(fresh.isEarly()).isFalse();
    assertThat(fresh.perMinute(600_000)).isBetween(55.0, 65.0);
  }
}

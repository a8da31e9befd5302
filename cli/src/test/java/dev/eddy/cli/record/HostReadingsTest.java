package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostReadingsTest {

  private static final long HALF_SECOND = 500_000_000L;

  @Test
  void turnsACounterIntoARatePerSecond() {
    assertThat(change(TelemetryField.FORKS, 100, 150)).isEqualTo(100);
  }

  @Test
  void leavesTheRateEmptyWhenTheCounterWasReset() {
    assertThat(change(TelemetryField.DISK_READS, 1_000_000, 12)).isNaN();
  }

  @Test
  void keepsAnUnchangedCounterAtZero() {
    assertThat(change(TelemetryField.FORKS, 100, 100)).isZero();
  }

  @Test
  void takesAGaugeAsRead() {
    assertThat(change(TelemetryField.THREADS, 900, 700)).isEqualTo(700);
  }

  @Test
  void dividesProcessorTicksByTheTicksOfAllStates() {
    assertThat(change(TelemetryField.CPU_USER, 400, 425)).isEqualTo(0.25);
  }

  @Test
  void readsAProcessorStateThatWentBackAsZero() {
    assertThat(change(TelemetryField.CPU_IOWAIT, 50, 49)).isZero();
  }

  @Test
  void leavesAFigureEmptyThatTheHostDoesNotOffer() {
    assertThat(change(TelemetryField.PAGE_FAULTS, Double.NaN, Double.NaN)).isNaN();
  }

  @Test
  void roundsToTheFieldsDecimals() {
    assertThat(change(TelemetryField.MEMORY_USED, 0, 0.123456)).isEqualTo(0.1235);
    assertThat(change(TelemetryField.NET_PACKETS, 0, 0.7)).isEqualTo(1);
  }

  @Test
  void leavesRatesEmptyWhenNoTimePassed() {
    HostReadings readings = readings(0, 0, TelemetryField.FORKS, 1);

    double[] values = readings.since(readings);

    assertThat(values[TelemetryField.FORKS.index()]).isNaN();
    assertThat(values[TelemetryField.CPU_USER.index()]).isNaN();
  }

  @Test
  void rejectsReadingsOfAnotherWidthAndSaysBothWidths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HostReadings(Instant.EPOCH, 0, 0, new double[3]))
        .withMessage("readings must have width 25, got 3");
  }

  /** The value of a field half a second and 100 processor ticks later. */
  private static double change(TelemetryField field, double before, double now) {
    HostReadings earlier = readings(0, 1_000, field, before);
    HostReadings later = readings(HALF_SECOND, 1_100, field, now);
    return later.since(earlier)[field.index()];
  }

  private static HostReadings readings(
      long nanoTime, double ticks, TelemetryField field, double value) {
    double[] values = new double[TelemetryField.values().length];
    values[field.index()] = value;
    return new HostReadings(Instant.EPOCH, nanoTime, ticks, values);
  }
}

package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTelemetryTest {

  @Test
  void givesNoSampleBeforeThereIsABaseline() {
    HostTelemetry telemetry = new HostTelemetry("host-1", at(1, 2)::next);

    Optional<TelemetrySample> first = telemetry.sample();
    Optional<TelemetrySample> second = telemetry.sample();

    assertThat(first).isEmpty();
    assertThat(second).map(TelemetrySample::host).contains("host-1");
    assertThat(second).map(TelemetrySample::time).contains(Instant.ofEpochSecond(2));
  }

  @Test
  void rejectsAHostThatWouldNeedQuoting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HostTelemetry("a,b", at()::next))
        .withMessageStartingWith("host must match");
  }

  @Test
  void readsThisHostWithSharesWithinBounds() {
    HostTelemetry telemetry = HostTelemetry.ofThisHost("here", Clock.systemUTC());
    telemetry.sample();

    TelemetrySample sample = telemetry.sample().orElseThrow();

    assertThat(sample.value(TelemetryField.MEMORY_USED).getAsDouble()).isBetween(0.0, 1.0);
    assertThat(sample.value(TelemetryField.PROCESSES).getAsDouble()).isPositive();
    assertThat(sample.value(TelemetryField.THREADS).getAsDouble()).isPositive();
    assertThat(sample.values()).hasSize(TelemetrySample.names().size());
  }

  private static Iterator<HostReadings> at(long... seconds) {
    return Arrays.stream(seconds)
        .mapToObj(
            second ->
                new HostReadings(
                    Instant.ofEpochSecond(second),
                    second * 1_000_000_000L,
                    second,
                    new double[TelemetryField.values().length]))
        .toList()
        .iterator();
  }
}

package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TelemetrySampleTest {

  @Test
  void writesPlainDecimalsWithoutTrailingZeros() {
    assertThat(text(TelemetryField.CPU_USER, 0.25)).isEqualTo("0.25");
    assertThat(text(TelemetryField.CPU_USER, 0)).isEqualTo("0");
    assertThat(text(TelemetryField.DISK_READ_BYTES, 1.2e9)).isEqualTo("1200000000");
  }

  @Test
  void givesNothingForAFigureThatIsMissing() {
    TelemetrySample sample = sample(TelemetryField.FORKS, Double.NaN);

    assertThat(sample.value(TelemetryField.FORKS)).isEmpty();
    assertThat(sample.text(TelemetryField.FORKS)).isEmpty();
  }

  @Test
  void keepsItsValuesWhenTheCallersArrayChanges() {
    double[] values = new double[TelemetryField.values().length];
    TelemetrySample sample = new TelemetrySample(Instant.EPOCH, "h", values);

    values[0] = 1;
    sample.values()[0] = 1;

    assertThat(sample.values()[0]).isZero();
  }

  @Test
  void namesColumnsInTheOrderOfTheFields() {
    assertThat(TelemetrySample.names())
        .startsWith("cpu_user", "cpu_system")
        .endsWith("forks", "open_descriptors")
        .doesNotHaveDuplicates();
  }

  @Test
  void rejectsAnotherWidthAndSaysBothWidths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TelemetrySample(Instant.EPOCH, "h", new double[2]))
        .withMessage("sample must have width 25, got 2");
  }

  private static String text(TelemetryField field, double value) {
    return sample(field, value).text(field);
  }

  static TelemetrySample sample(TelemetryField field, double value) {
    double[] values = new double[TelemetryField.values().length];
    values[field.index()] = value;
    return new TelemetrySample(Instant.ofEpochMilli(1_234), "host-9", values);
  }
}

package dev.eddy.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.CalibrationWatch;
import dev.eddy.stream.model.Champion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchedCalibrationTest {
  private final CalibrationWatch watch = new CalibrationWatch();
  private @Nullable Champion champion;
  private final WatchedCalibration watched = new WatchedCalibration(watch, () -> champion);

  @Test
  void beginsAnewWithEachChampion() {
    score(CalibrationWatch.FEWEST);
    assertThat(watch.finding().holds()).isFalse();

    champion =
        new Champion(
            ModelVersion.of(1),
            0,
            0,
            () -> {
              throw new IllegalStateException();
            },
            null);
    score(3);

    assertThat(watch.finding().holds()).isTrue();
    assertThat(watch.finding().records()).isEqualTo(3);
  }

  private void score(int records) {
    Event event =
        new Event(new Coordinates("t", 0, 0), "host", 0, new double[0], new String[0], null);
    for (int i = 0; i < records; i++) {
      watched.scored(new Observation(event, new double[0]), 9);
    }
  }
}

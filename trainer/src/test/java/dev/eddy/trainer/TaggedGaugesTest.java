package dev.eddy.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaggedGaugesTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TaggedGauges gauges = new TaggedGauges(meters, "rows", "class");

  @Test
  void keepsOneGaugeATagAndChangesItsValue() {
    gauges.set(Map.of("normal", 1, "fault", 2));

    gauges.set(Map.of("normal", 5, "fault", 2));

    assertThat(meters.getMeters()).hasSize(2);
    assertThat(value("normal")).isEqualTo(5);
  }

  @Test
  void showsThatAFigureIsNoLongerKnown() {
    gauges.set(Map.of("normal", 1, "fault", 2));

    gauges.set(Map.of("normal", 1));

    assertThat(value("fault")).isNaN();
  }

  @Test
  void forgetsTagsThatAreNoLongerSetOnceThereAreMany() {
    for (int name = 0; name < 5 * TaggedGauges.MOST; name++) {
      gauges.set(Map.of("normal", 1, "class-" + name, 2));
    }

    assertThat(meters.getMeters()).hasSizeLessThanOrEqualTo(TaggedGauges.MOST + 2);
    assertThat(value("normal")).isEqualTo(1);
  }

  private double value(String tag) {
    return meters.get("rows").tag("class", tag).gauge().value();
  }
}

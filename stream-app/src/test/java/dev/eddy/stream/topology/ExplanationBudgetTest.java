package dev.eddy.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.scoring.Explanation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExplanationBudgetTest {
  private static final Observation ANY =
      new Observation(
          new Event(new Coordinates("t", 0, 0), "h", 0, new double[0], new String[0], null),
          new double[0]);

  private long now;
  private int explained;

  @Test
  void explainsAsLongAsThereIsTime() {
    var budget =
        new ExplanationBudget(
            observation -> {
              explained++;
              now += Duration.ofMillis(600).toNanos();
              return Explanation.NONE;
            },
            () -> now);

    for (int alert = 0; alert < 100; alert++) {
      assertThat(budget.apply(ANY)).isEqualTo(Explanation.NONE);
      now += Duration.ofSeconds(1).toNanos(); // what else is done takes nothing from it
    }

    assertThat(explained).isEqualTo(4);
  }
}

package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
  private long now;

  @Test
  void doesEveryStepWhileThereIsTime() {
    TimeBudget budget = budget(100, 1);

    assertThat(run(budget, 10, 5)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(budget.shareDone()).isEqualTo(1);
  }

  @Test
  void skipsStepsSoThatTheLastOnesComeInTime() {
    TimeBudget budget = budget(100, 1);

    assertThat(run(budget, 10, 25)).as("3 of 9 after 25, 5 of 7").containsExactly(0, 1, 5, 9);
    assertThat(now).isEqualTo(100);
    assertThat(budget.shareDone()).isEqualTo(0.4);
  }

  @Test
  void forgivesASlowFirstStep() {
    now = 0;
    TimeBudget budget = budget(100, 1);
    now = 50;

    assertThat(run(budget, 10, 5)).hasSize(10);
  }

  @Test
  void sharesWhatIsLeftAmongTheNetworksToCome() {
    TimeBudget budget = budget(100, 2);
    run(budget, 10, 1); // uses 10, and leaves 90 of which the second may use all

    assertThat(run(budget, 10, 9)).hasSize(10);
    assertThat(run(budget, 10, 9)).as("nothing is left for a third").containsExactly(0);
  }

  @Test
  void saysWhichTrainingDivergedAndWhen() {
    TrainingTask task = TrainingTask.on(ModelDevice.CPU);

    assertThatThrownBy(() -> TrainingLoop.run("toy", 9, task, step -> step == 3 ? Double.NaN : 1))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("toy")
        .hasMessageContaining("3");
  }

  private TimeBudget budget(long nanos, int networks) {
    return new TimeBudget(Duration.ofNanos(nanos), networks, () -> now);
  }

  private List<Integer> run(TimeBudget budget, int steps, long nanosEach) {
    List<Integer> done = new ArrayList<>();
    TrainingTask task =
        new TrainingTask(ModelDevice.CPU, DeviceListener.NONE, TrainingListener.NONE, budget);
    TrainingLoop.run(
        "toy",
        steps,
        task,
        step -> {
          done.add(step);
          now += nanosEach;
          return 0;
        });
    return done;
  }
}

package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardedTrainingTest {
  private final List<String> heard = new ArrayList<>();
  private final GuardedTraining guard =
      new GuardedTraining(
          "toy",
          new GeneratorListener() {
            @Override
            public void trained(String family, int step, int steps, double loss) {
              heard.add(family + " " + step + " of " + steps + ", loss " + loss);
            }

            @Override
            public void measuring(String family) {}
          });
  private final List<String> starts = new ArrayList<>();

  /** A training whose only weight counts its steps; it fails above a learning rate. */
  private static final class Counting implements GuardedTraining.Attempt {
    private final boolean other;
    private final float highestRate;
    private final boolean collapses;
    private float weight;

    Counting(Tensors weights, boolean other, float highestRate, boolean collapses) {
      this.weight = weights.get("w").get(0);
      this.other = other;
      this.highestRate = highestRate;
      this.collapses = collapses;
    }

    @Override
    public double step(int step, float rateShare) {
      if (rateShare > highestRate && step == 150) {
        throw new TrainingDivergedException("toy", step, Double.NaN);
      }
      weight++;
      return -weight;
    }

    @Override
    public @Nullable String trouble() {
      return collapses && !other && weight > 250 ? "collapsed" : null;
    }

    @Override
    public Tensors weights() {
      return Tensors.of(Map.of("w", Tensor.of(new float[] {weight}, 1)));
    }

    @Override
    public Tensors result() {
      return weights();
    }

    @Override
    public void close() {}
  }

  private Tensors run(float highestRate, boolean collapses, int objectives) {
    return guard.run(
        Tensors.of(Map.of("w", Tensor.of(new float[] {0}, 1))),
        400,
        objectives,
        (weights, from, other) -> {
          starts.add(from + (other ? " other" : ""));
          return new Counting(weights, other, highestRate, collapses);
        });
  }

  @Test
  void goesBackToGoodWeightsAndOnWithASmallerStep() {
    Tensors result = run(0.3f, false, 1);

    assertThat(result.get("w").get(0)).as("every step counted once").isEqualTo(400);
    assertThat(starts).containsExactly("0", "100", "100");
    assertThat(guard.incidents())
        .hasSize(2)
        .first()
        .asString()
        .contains("loss must be finite, got NaN", "went back to step 100 with 0.5 of the step");
  }

  @Test
  void turnsToTheOtherObjectiveWhenASmallerStepDoesNotHelp() {
    run(1, true, 2);

    assertThat(starts).containsExactly("0", "200", "200 other");
    assertThat(guard.incidents()).last().asString().contains("collapsed", "other objective");
  }

  @Test
  void givesUpWhenNothingHelps() {
    assertThatThrownBy(() -> run(0, false, 1)).isInstanceOf(TrainingDivergedException.class);
    assertThatThrownBy(() -> run(1, true, 1))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("collapsed");
  }

  @Test
  void reportsNothingWhenAllIsWell() {
    run(1, false, 1);

    assertThat(starts).containsExactly("0");
    assertThat(guard.incidents()).isEmpty();
    assertThat(heard)
        .hasSize(400)
        .startsWith("toy 1 of 400, loss -1.0")
        .endsWith("toy 400 of 400, loss -400.0");
  }
}

package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdamTest {
  /** Float32 arithmetic on values near 1. */
  private static final Offset<Float> ROUNDING = Offset.offset(2e-6f);

  private static final Tensors START = Tensors.of(Map.of("w", Tensor.of(new float[] {1, -2}, 2)));

  @Test
  void movesByTheRateInTheFirstStepWhateverTheGradientsLength() {
    // m/(1-b1) = g and v/(1-b2) = g^2, so the first step is rate * sign(g)
    float[] moved = train(Adam.Settings.adam(0, Double.POSITIVE_INFINITY), 1);

    assertThat(moved[0]).isEqualTo(0.9f, ROUNDING);
    assertThat(moved[1]).isEqualTo(-1.9f, ROUNDING);
  }

  @Test
  void followsTheFormulaOverTwoSteps() {
    // loss = w^2, g = 2w: step 1 as above. Step 2 for w = 0.9: g = 1.8,
    // m = (0.9 * 0.2 + 0.1 * 1.8) / (1 - 0.81) = 1.894737, v = (0.999 * 0.004 + 0.001 * 3.24) /
    // (1 - 0.998001) = 3.619810, w = 0.9 - 0.1 * 1.894737 / sqrt(3.619810) = 0.800413
    float[] moved = train(Adam.Settings.adam(0, Double.POSITIVE_INFINITY), 2);

    assertThat(moved[0]).isEqualTo(0.800413f, ROUNDING);
  }

  @Test
  void decaysApartFromTheGradientAsAdamW() {
    // w - rate * decay * w - rate * sign(g) = 1 - 0.05 - 0.1
    float[] moved = train(Adam.Settings.adamW(0.5), 1);

    assertThat(moved[0]).isEqualTo(0.85f, ROUNDING);
    assertThat(moved[1]).isEqualTo(-1.8f, ROUNDING);
  }

  @Test
  void scalesLongGradientsDownAllTogether() {
    // g = (2, -4) of norm 4.4721 becomes (0.44721, ..), then (1.8, -3.8) of norm 4.2048 becomes
    // (0.42809, ..): m = (0.9 * 0.044721 + 0.1 * 0.42809) / 0.19 = 0.43715, v = (0.999 * 0.0002 +
    // 0.001 * 0.18326) / 0.001999 = 0.19163, w = 0.9 - 0.1 * 0.43715 / sqrt(0.19163) = 0.800138
    float[] moved = train(Adam.Settings.adam(0, 1), 2);

    assertThat(moved[0]).isEqualTo(0.800138f, ROUNDING);
  }

  @Test
  void leavesNothingBehindInNativeMemory() {
    try (Parameters parameters = Parameters.forTraining(START, ModelDevice.CPU);
        Adam adam = new Adam(parameters, Adam.Settings.adam(0, 5))) {
      step(parameters, adam);
      int before = parameters.managedArrays();
      for (int i = 0; i < 100; i++) {
        step(parameters, adam);
      }

      assertThat(parameters.managedArrays()).isEqualTo(before);
    }
  }

  private static float[] train(Adam.Settings settings, int steps) {
    try (Parameters parameters = Parameters.forTraining(START, ModelDevice.CPU);
        Adam adam = new Adam(parameters, settings)) {
      for (int i = 0; i < steps; i++) {
        step(parameters, adam);
      }
      return parameters.toTensors().get("w").values();
    }
  }

  private static void step(Parameters parameters, Adam adam) {
    try (NDManager call = parameters.newCall();
        Autograd autograd = new Autograd()) {
      NDArray w = call.zeros(parameters.get("w").getShape()).add(parameters.get("w"));
      autograd.backward(w.square().sum());
    }
    adam.step(0.1f, 0.9f);
  }
}

package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MlpTest {
  private static final float STEP = 1e-2f;

  private final Mlp network = new Mlp("n.", 3, 8, 5, 1);
  private final Tensors tensors = network.initial(new SplittableRandom(4));

  @Test
  void derivesTheOutputByTheInputAsFiniteDifferencesDo() {
    float[] at = {0.3f, -0.7f, 1.1f};
    try (Parameters parameters = Parameters.forTraining(tensors, ModelDevice.CPU);
        NDManager call = parameters.newCall();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] derivative = network.derivative(parameters::get, row(call, at)).toFloatArray();

      for (int i = 0; i < at.length; i++) {
        float[] above = at.clone();
        float[] below = at.clone();
        above[i] += STEP;
        below[i] -= STEP;
        float difference =
            network.apply(parameters, row(call, above)).getFloat()
                - network.apply(parameters, row(call, below)).getFloat();
        assertThat(derivative[i]).isCloseTo(difference / (2 * STEP), within(1e-4f));
      }
    }
  }

  @Test
  void givesTheLastHiddenLayerAsFeatures() {
    try (Parameters parameters = Parameters.forInference(tensors, ModelDevice.CPU);
        NDManager call = parameters.newCall()) {
      NDArray features =
          network.features(parameters::get, row(call, new float[] {0.3f, -0.7f, 1.1f}));

      assertThat(features.getShape()).isEqualTo(new Shape(1, 5));
      float[] weight = tensors.get("n.2.weight").values();
      float sum = tensors.get("n.2.bias").get(0);
      for (int i = 0; i < weight.length; i++) {
        sum += weight[i] * features.toFloatArray()[i];
      }
      float output =
          network.apply(parameters, row(call, new float[] {0.3f, -0.7f, 1.1f})).getFloat();
      assertThat(sum).isCloseTo(output, within(1e-6f));
    }
  }

  private static NDArray row(NDManager manager, float[] values) {
    return manager.create(FloatBuffer.wrap(values), new Shape(1, values.length));
  }
}

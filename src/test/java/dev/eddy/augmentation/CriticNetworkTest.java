package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.eddy.model.Autograd;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Parameters;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CriticNetworkTest {
  private static final int ROWS = 3;
  private final CriticNetwork critic = new CriticNetwork(2, 7, 5);

  @Test
  void derivesByTheTokensAsTheEngineDoes() {
    try (Parameters parameters =
            Parameters.forTraining(critic.initial(new SplittableRandom(1)), ModelDevice.CPU);
        NDManager call = parameters.newCall();
        Autograd autograd = new Autograd()) {
      NDArray first = first(parameters, call).stopGradient();
      first.setRequiresGradient(true);

      autograd.backward(critic.output(parameters, first).sum());
      NDArray expected = first.getGradient().matMul(parameters.get("token").transpose());

      assertThat(critic.derivativeByTokens(parameters, first).toFloatArray())
          .containsExactly(expected.toFloatArray(), within(1e-6f));
    }
  }

  @Test
  void penalisesTheDistanceOfTheDerivativesLengthFromOne() {
    try (Parameters parameters =
            Parameters.forTraining(critic.initial(new SplittableRandom(1)), ModelDevice.CPU);
        NDManager call = parameters.newCall()) {
      NDArray first = first(parameters, call);
      float[] derivative = critic.derivativeByTokens(parameters, first).toFloatArray();
      double expected = 0;
      for (int row = 0; row < ROWS; row++) {
        double squares = 0;
        for (int token = 0; token < 7; token++) {
          squares += derivative[row * 7 + token] * derivative[row * 7 + token];
        }
        expected += (Math.sqrt(squares) - 1) * (Math.sqrt(squares) - 1) / ROWS;
      }

      assertThat((double) critic.penalty(parameters, first).getFloat())
          .isCloseTo(expected, within(1e-5));
    }
  }

  private NDArray first(Parameters parameters, NDManager call) {
    NDArray tokens = call.create(new long[] {0, 3, 1, 4, 2, 6}, new Shape(ROWS, 2));
    return critic.first(parameters, tokens, call.create(new long[] {0, 1, 1}));
  }
}

package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.eddy.model.Noise;
import dev.eddy.model.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the spectral norms of some weight matrices at 1 or below: after a step, each is divided by
 * its norm where that is above 1 (Gouk et al., "Regularisation of Neural Networks by Enforcing
 * Lipschitz Continuity", 2018, arXiv:1804.04368). The norm comes from one step of power iteration a
 * call, whose vector is kept, as in Miyato et al., 2018, arXiv:1802.05957. An instance belongs to
 * the thread that trains.
 */
final class SpectralProjection implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, NDArray> vectors = new LinkedHashMap<>();

  SpectralProjection(Parameters parameters, Noise noise, String... names) {
    this.manager = parameters.newCall();
    for (String name : names) {
      int columns = Math.toIntExact(parameters.get(name).getShape().get(1));
      vectors.put(name, noise.normal(manager, columns, 1));
    }
  }

  /** Projects the matrices. */
  void project(Parameters parameters) {
    for (Map.Entry<String, NDArray> entry : vectors.entrySet()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray matrix = parameters.get(entry.getKey()).stopGradient();
        NDArray left = unit(matrix.matMul(entry.getValue()));
        NDArray right = matrix.transpose().matMul(left);
        float norm = right.norm().getFloat();
        entry.getValue().muli(0).addi(unit(right));
        if (norm > 1) {
          matrix.muli(1 / norm); // shares the parameter's memory
        }
      }
    }
  }

  private static NDArray unit(NDArray vector) {
    return vector.div(vector.norm().add(1e-12f));
  }

  @Override
  public void close() {
    manager.close();
  }
}

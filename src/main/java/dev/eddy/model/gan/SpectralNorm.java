package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Divides each weight matrix by its largest singular value, which one power iteration a step
 * follows (Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018,
 * arXiv:1802.05957). An instance belongs to one training.
 */
final class SpectralNorm {
  private static final int ITERATIONS_AT_THE_END = 200;
  private static final float TINY = 1e-12f;

  private final List<String> weights;
  private final Map<String, float[]> vectors = new TreeMap<>(); // of outputs, length 1

  SpectralNorm(List<String> weights, Tensors initial, SplittableRandom random) {
    this.weights = weights;
    for (String name : weights) {
      float[] vector = new float[initial.get(name).dimension(0)];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      vectors.put(name, vector);
    }
  }

  /** Returns the parameters with normalised weights; call it inside an {@code NDScope}. */
  Function<String, NDArray> normalise(Parameters parameters, NDManager call) {
    Map<String, NDArray> normalised = new TreeMap<>();
    for (String name : weights) {
      NDArray weight = parameters.get(name);
      NDArray fixed = weight.stopGradient();
      NDArray right = unit(fixed.transpose().matMul(call.create(vectors.get(name))));
      NDArray left = unit(fixed.matMul(right));
      vectors.put(name, left.toFloatArray());
      NDArray largest = weight.matMul(right).mul(left).sum();
      normalised.put(name, weight.div(largest));
    }
    return name -> {
      NDArray weight = normalised.get(name);
      return weight == null ? parameters.get(name) : weight;
    };
  }

  private static NDArray unit(NDArray vector) {
    return vector.div(vector.norm().add(TINY));
  }

  /** Returns trained parameters with their weights normalised for good. */
  Tensors fold(Tensors trained) {
    Map<String, Tensor> folded = new TreeMap<>();
    for (String name : trained.names()) {
      Tensor tensor = trained.get(name);
      float[] vector = vectors.get(name);
      folded.put(name, vector == null ? tensor : divided(tensor, vector));
    }
    return Tensors.of(folded);
  }

  private static Tensor divided(Tensor weight, float[] start) {
    int outputs = weight.dimension(0);
    int inputs = weight.dimension(1);
    float[] values = weight.values();
    double[] left = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      left[i] = start[i];
    }
    double largest = 0;
    for (int iteration = 0; iteration < ITERATIONS_AT_THE_END; iteration++) {
      double[] right = new double[inputs];
      for (int i = 0; i < outputs; i++) {
        for (int j = 0; j < inputs; j++) {
          right[j] += values[i * inputs + j] * left[i];
        }
      }
      shorten(right);
      for (int i = 0; i < outputs; i++) {
        left[i] = 0;
        for (int j = 0; j < inputs; j++) {
          left[i] += values[i * inputs + j] * right[j];
        }
      }
      largest = shorten(left);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / Math.max(largest, TINY));
    }
    return Tensor.of(values, outputs, inputs);
  }

  /** Makes a vector of length 1, and returns the length that it had. */
  private static double shorten(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= Math.max(length, TINY);
    }
    return length;
  }
}

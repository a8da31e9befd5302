package dev.eddy.model.vae;

import ai.djl.ndarray.NDManager;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Matrices;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import java.util.Arrays;
import java.util.Map;

/** Mean and standard deviation of [latent mean, residual / sigma] over the training rows. */
final class ResidualMoments {
  private static final int CHUNK = 4096;
  private static final double SMALLEST = 1e-6;

  private ResidualMoments() {}

  static Tensors of(
      Tensors trained, VaeNetwork network, FeatureMatrix rows, ModelDevice device, String name) {
    int width = network.latents() + network.features();
    double[] sum = new double[width];
    double[] squares = new double[width];
    Matrices matrices = new Matrices();
    try (Parameters parameters =
        Parameters.forInference(network.forScoring(withUnitMoments(trained, width)), device)) {
      for (FeatureMatrix chunk : Matrices.chunks(rows, CHUNK)) {
        try (NDManager call = parameters.newCall()) {
          FeatureMatrix residuals =
              Matrices.toHeap(
                  network.pass(matrices.toNative(call, chunk), parameters).rawResiduals());
          add(residuals, sum, squares);
        }
      }
    }
    float[] mean = new float[width];
    float[] deviation = new float[width];
    for (int i = 0; i < width; i++) {
      double average = sum[i] / rows.rows();
      double variance = Math.max(0, squares[i] / rows.rows() - average * average);
      if (!Double.isFinite(average) || !Double.isFinite(variance)) {
        throw new TrainingDivergedException(name, Integer.MAX_VALUE, average);
      }
      mean[i] = (float) average;
      deviation[i] = (float) Math.max(SMALLEST, Math.sqrt(variance));
    }
    return moments(mean, deviation);
  }

  /** Scoring tensors need moments; until they are known, 0 and 1 leave residuals as they are. */
  private static Tensors withUnitMoments(Tensors trained, int width) {
    return trained.with(moments(new float[width], ones(width)));
  }

  private static float[] ones(int width) {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Tensors moments(float[] mean, float[] deviation) {
    return Tensors.of(
        Map.of(
            "residual.mean", Tensor.of(mean, mean.length),
            "residual.deviation", Tensor.of(deviation, deviation.length)));
  }

  private static void add(FeatureMatrix residuals, double[] sum, double[] squares) {
    for (int row = 0; row < residuals.rows(); row++) {
      for (int i = 0; i < sum.length; i++) {
        double value = residuals.get(row, i);
        sum[i] += value;
        squares[i] += value * value;
      }
    }
  }
}

package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Matrices;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Parameters;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;

/** A trained network on a device that gives each row one number. Belongs to one thread. */
public final class RowScorer implements AutoCloseable {
  private final int features;
  private final Network network;
  private final Session session;
  private final Matrices matrices = new Matrices();

  /** What a network computes. */
  @FunctionalInterface
  interface Network {
    /** Returns one number a row, shape (batch) or (batch, 1), of rows of (batch, features). */
    NDArray score(NDArray x, Parameters parameters);
  }

  RowScorer(
      int features, Network network, Tensors tensors, ModelDevice device, DeviceListener listener) {
    this.features = features;
    this.network = network;
    this.session = new Session(tensors, device, listener);
  }

  /**
   * Scores one batch.
   *
   * @return a value a row; higher is more anomalous
   * @throws IllegalArgumentException if the width differs or there is no row
   * @throws dev.eddy.model.EngineFailedException if the engine fails on the CPU
   */
  public double[] score(FeatureMatrix rows) {
    if (rows.columns() != features || rows.rows() < 1) {
      throw new IllegalArgumentException(
          "rows must have width %d and be at least one, got width %d and %d rows"
              .formatted(features, rows.columns(), rows.rows()));
    }
    float[] values =
        session.call(
            (parameters, call) ->
                network.score(matrices.toNative(call, rows), parameters).toFloatArray());
    double[] scores = new double[values.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = values[i];
    }
    return scores;
  }

  /** Returns where the network is now: {@code cpu} or {@code gpu:N}. */
  public ModelDevice device() {
    return session.device();
  }

  /** Returns how many arrays of native memory it holds; the same after every call. */
  public int managedArrays() {
    return session.managedArrays();
  }

  @Override
  public void close() {
    session.close();
  }
}

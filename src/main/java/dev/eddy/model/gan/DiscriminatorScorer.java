package dev.eddy.model.gan;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Matrices;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;

/** A trained discriminator on a device. An instance belongs to one thread. */
public final class DiscriminatorScorer implements AutoCloseable {
  private final DiscriminatorNetwork network;
  private final Session session;
  private final Matrices matrices = new Matrices();

  DiscriminatorScorer(Tensors tensors, ModelDevice device, DeviceListener listener) {
    this.network = DiscriminatorNetwork.of("", tensors);
    this.session = new Session(tensors, device, listener);
  }

  /** Returns the logit of each row; higher is more anomalous. */
  public double[] logits(FeatureMatrix rows) {
    if (rows.columns() != network.features() || rows.rows() < 1) {
      throw new IllegalArgumentException(
          "discriminator rows must have width %d and be at least one, got width %d and %d rows"
              .formatted(network.features(), rows.columns(), rows.rows()));
    }
    float[] logits =
        session.call(
            (parameters, call) ->
                network.logits(matrices.toNative(call, rows), parameters).toFloatArray());
    double[] scores = new double[logits.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = logits[i];
    }
    return scores;
  }

  /** Returns where the network is now: {@code cpu} or {@code gpu:N}. */
  public ModelDevice device() {
    return session.device();
  }

  @Override
  public void close() {
    session.close();
  }
}

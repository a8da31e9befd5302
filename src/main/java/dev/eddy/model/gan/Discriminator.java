package dev.eddy.model.gan;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Engines;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import dev.eddy.model.TrainingTask;

/**
 * A discriminator that detects: it learns to tell real rows from fakes, and from labelled anomalies
 * where there are some. Its logit is the score; higher is more anomalous.
 *
 * <p>The fakes are foremost the real rows themselves with noise, as in noise-contrastive estimation
 * (Gutmann and Hyvarinen, 2010); rows from a generator take part at low weight. A discriminator of
 * a plain GAN (Goodfellow et al., 2014, arXiv:1406.2661) does not detect: it sees nothing but what
 * its generator makes, and takes outliers for more real than real rows. Deviation: each batch's
 * loss on real rows is a trimmed mean, so that anomalies among them do not count as real.
 */
public final class Discriminator {
  private Discriminator() {}

  /**
   * What it learns from. All of one width.
   *
   * @param real taken as normal; may hold unlabelled anomalies; at least two rows
   * @param generated rows that a generator made; may have none
   * @param anomalies labelled; may have none
   */
  public record Rows(FeatureMatrix real, FeatureMatrix generated, FeatureMatrix anomalies) {
    /** Refuses rows of different widths. */
    public Rows {
      if (generated.columns() != real.columns() || anomalies.columns() != real.columns()) {
        throw new IllegalArgumentException(
            "discriminator rows must have one width, got %d, %d and %d"
                .formatted(real.columns(), generated.columns(), anomalies.columns()));
      }
    }

    /** Real rows alone. */
    public static Rows real(FeatureMatrix real) {
      return new Rows(real, none(real), none(real));
    }

    /** Real and generated rows. */
    public static Rows generated(FeatureMatrix real, FeatureMatrix generated) {
      return new Rows(real, generated, none(real));
    }

    /** Real rows and labelled anomalies. */
    public static Rows labelled(FeatureMatrix real, FeatureMatrix anomalies) {
      return new Rows(real, none(real), anomalies);
    }

    private static FeatureMatrix none(FeatureMatrix like) {
      return new FeatureMatrix(like.columns(), 1);
    }
  }

  /**
   * Trains a network. The same rows, settings and seed give the same tensors on the CPU.
   *
   * @param name for progress and errors
   * @throws TrainingDivergedException if a loss is not finite
   */
  public static Tensors train(
      String name, Rows rows, DiscriminatorSettings settings, long seed, TrainingTask task) {
    return Engines.run(
        task.device(),
        task.deviceListener(),
        where -> new DiscriminatorTraining(rows, settings, seed).run(name, where, task));
  }

  /** Copies a trained network to a device; the caller closes. */
  public static RowScorer open(Tensors tensors, ModelDevice device, DeviceListener listener) {
    DiscriminatorNetwork network = DiscriminatorNetwork.of("", tensors);
    return new RowScorer(network.features(), network::logits, tensors, device, listener);
  }
}

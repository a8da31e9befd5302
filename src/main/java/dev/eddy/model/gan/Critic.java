package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Engines;
import dev.eddy.model.Mlp;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.gan.AdversarialTraining.Players;
import dev.eddy.model.gan.AdversarialTraining.Turn;

/**
 * The critic of a plain GAN (Goodfellow et al., 2014, arXiv:1406.2661), which learns to tell real
 * rows from what a generator makes of noise. As a detector it is weak, and on most data worse than
 * chance: it never sees what lies outside of both, see {@link Discriminator}.
 */
public final class Critic {
  private static final int HIDDEN = 64;

  private Critic() {}

  /**
   * Trains a network that {@link Discriminator#open} opens. The same rows, settings and seed give
   * the same tensors on the CPU.
   *
   * @param name for progress and errors
   * @param rows standardised, at least two
   * @throws dev.eddy.model.TrainingDivergedException if a loss is not finite
   */
  public static Tensors train(
      String name, FeatureMatrix rows, AdversarialSettings settings, long seed, TrainingTask task) {
    return Engines.run(
        task.device(),
        task.deviceListener(),
        where -> train(name, rows, settings, new Noise(seed), where, task));
  }

  private static Tensors train(
      String name,
      FeatureMatrix rows,
      AdversarialSettings settings,
      Noise noise,
      ModelDevice device,
      TrainingTask task) {
    int features = rows.columns();
    int latents = Latents.of(features);
    Mlp generator = new Mlp("", latents, HIDDEN, HIDDEN, features);
    DiscriminatorNetwork critic = new DiscriminatorNetwork("", features);
    AdversarialLoss loss = new AdversarialLoss(settings.objective());
    Players initial =
        new Players(critic.initial(noise.random()), generator.initial(noise.random()));
    var game =
        new AdversarialTraining.Game() {
          @Override
          public NDArray criticLoss(Turn turn) {
            return loss.critic(critic, turn, turn.x(), fake(turn));
          }

          @Override
          public NDArray generatorLoss(Turn turn) {
            return loss.generator(critic.logits(fake(turn), turn.critic()));
          }

          private NDArray fake(Turn turn) {
            return generator.apply(turn.generator(), turn.normal(latents));
          }
        };
    return new AdversarialTraining(rows, settings, noise)
        .train(name, initial, critic.weightNames(), game, device, task)
        .critic();
  }
}

package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Engines;
import dev.eddy.model.Mlp;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.gan.AdversarialTraining.Game;
import dev.eddy.model.gan.AdversarialTraining.Players;
import dev.eddy.model.gan.AdversarialTraining.Turn;

/**
 * An encoder and a generator that play together against a critic, and score a row by what becomes
 * of it on the way through them.
 */
abstract class EncodingGan {
  static final int HIDDEN = 64;
  private static final String CRITIC = "critic.";

  final Mlp encoder;
  final Mlp generator;
  final DiscriminatorNetwork critic;

  /** Makes the networks of one kind, for rows of so many features. */
  @FunctionalInterface
  interface Kind {
    /** Makes them; the critic's tensors have the prefix. */
    EncodingGan of(int features, String criticPrefix);
  }

  EncodingGan(Mlp encoder, Mlp generator, DiscriminatorNetwork critic) {
    this.encoder = encoder;
    this.generator = generator;
    this.critic = critic;
  }

  /** Returns what the critic minimises, a scalar. */
  abstract NDArray criticLoss(Turn turn, AdversarialLoss loss);

  /** Returns what encoder and generator minimise, a scalar. */
  abstract NDArray generatorLoss(Turn turn, AdversarialLoss loss);

  /** Returns each row's score, of shape (rows); higher for more anomalous. */
  abstract NDArray score(NDArray x, Parameters parameters);

  static Tensors train(
      Kind kind,
      String name,
      FeatureMatrix rows,
      AdversarialSettings settings,
      long seed,
      TrainingTask task) {
    return Engines.run(
        task.device(),
        task.deviceListener(),
        where ->
            kind.of(rows.columns(), "").play(name, rows, settings, new Noise(seed), where, task));
  }

  static RowScorer open(Kind kind, Tensors tensors, ModelDevice device, DeviceListener listener) {
    int features = tensors.get("encoder.0.weight").dimension(1);
    EncodingGan networks = kind.of(features, CRITIC);
    return new RowScorer(features, networks::score, tensors, device, listener);
  }

  private Tensors play(
      String name,
      FeatureMatrix rows,
      AdversarialSettings settings,
      Noise noise,
      ModelDevice device,
      TrainingTask task) {
    Tensors makers = encoder.initial(noise.random()).with(generator.initial(noise.random()));
    Players trained =
        new AdversarialTraining(rows, settings, noise)
            .train(
                name,
                new Players(critic.initial(noise.random()), makers),
                critic.weightNames(),
                game(new AdversarialLoss(settings.objective())),
                device,
                task);
    return trained.generator().with(trained.critic().prefixed(CRITIC));
  }

  private Game game(AdversarialLoss loss) {
    return new Game() {
      @Override
      public NDArray criticLoss(Turn turn) {
        return EncodingGan.this.criticLoss(turn, loss);
      }

      @Override
      public NDArray generatorLoss(Turn turn) {
        return EncodingGan.this.generatorLoss(turn, loss);
      }
    };
  }
}

package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.eddy.definition.Detection.Objective;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Adam;
import dev.eddy.model.Autograd;
import dev.eddy.model.Batches;
import dev.eddy.model.Matrices;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingLoop;
import dev.eddy.model.TrainingTask;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trains a critic and a generator in turns, one step each. With the hinge objective the critic's
 * weights are spectrally normalised.
 */
final class AdversarialTraining {
  private static final float RATE = 1e-3f;
  private static final float LAST_RATE = 0.1f; // as a share of RATE, reached linearly from half way
  private static final float BETA1 = 0.5f;
  private static final Adam.Settings ADAM =
      new Adam.Settings(0.9, 0, false, Double.POSITIVE_INFINITY);
  private static final int BATCH = 128;

  private final FeatureMatrix rows;
  private final AdversarialSettings settings;
  private final Noise noise;
  private final Batches batches;
  private final Matrices matrices = new Matrices();

  /**
   * Both players' parameters.
   *
   * @param critic weights of a {@link DiscriminatorNetwork}
   * @param generator whatever the game makes rows with
   */
  record Players(Tensors critic, Tensors generator) {}

  /** What is played. */
  interface Game {
    /** Returns the critic's loss, a scalar. */
    NDArray criticLoss(Turn turn);

    /** Returns the generator's loss, a scalar. */
    NDArray generatorLoss(Turn turn);
  }

  /**
   * One turn of one player.
   *
   * @param x real rows, shape (batch, features)
   * @param critic its parameters by name, normalised where they ought to be
   * @param generator the other's parameters
   * @param noise all randomness
   * @param call takes new arrays
   */
  record Turn(
      NDArray x,
      Function<String, NDArray> critic,
      Parameters generator,
      Noise noise,
      NDManager call) {

    /** Returns standard normal values, as many rows as the batch has. */
    NDArray normal(int columns) {
      return noise.normal(call, rows(), columns);
    }

    /** Returns a value in [0, 1) for each row; shape (batch, 1). */
    NDArray uniform() {
      float[] values = new float[rows()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) noise.random().nextDouble();
      }
      return call.create(values, new Shape(values.length, 1));
    }

    int rows() {
      return Math.toIntExact(x.getShape().get(0));
    }
  }

  AdversarialTraining(FeatureMatrix rows, AdversarialSettings settings, Noise noise) {
    this.rows = rows;
    this.settings = settings;
    this.noise = noise;
    this.batches = new Batches(rows.rows(), BATCH, noise.random());
  }

  /**
   * Trains both.
   *
   * @param weights names of the critic's weights
   * @throws dev.eddy.model.TrainingDivergedException if a loss is not finite
   */
  Players train(
      String name,
      Players initial,
      List<String> weights,
      Game game,
      ModelDevice device,
      TrainingTask task) {
    SpectralNorm norm =
        settings.objective() == Objective.HINGE
            ? new SpectralNorm(weights, initial.critic(), noise.random())
            : null;
    try (Parameters judging = Parameters.forTraining(initial.critic(), device);
        Parameters generating = Parameters.forTraining(initial.generator(), device);
        Adam criticAdam = new Adam(judging, ADAM);
        Adam generatorAdam = new Adam(generating, ADAM);
        NDManager constants = judging.newCall()) {
      TrainingLoop.run(
          name,
          settings.steps(),
          task,
          step -> {
            try (NDScope scope = new NDScope();
                NDManager call = constants.newSubManager();
                Autograd autograd = new Autograd()) {
              scope.suppressNotUsedWarning();
              NDArray x = matrices.toNative(call, rows.select(batches.next()));
              NDArray critic = game.criticLoss(turn(x, judging, norm, generating, call));
              float loss = critic.getFloat();
              autograd.backward(critic);
              criticAdam.step(rate(step), BETA1);
              NDArray generator = game.generatorLoss(turn(x, judging, norm, generating, call));
              loss += generator.getFloat();
              autograd.backward(generator);
              generatorAdam.step(rate(step), BETA1);
              judging.clearGradients();
              return loss;
            }
          });
      Tensors critic = judging.toTensors();
      return new Players(norm == null ? critic : norm.fold(critic), generating.toTensors());
    }
  }

  private Turn turn(
      NDArray x,
      Parameters judging,
      @Nullable SpectralNorm norm,
      Parameters generating,
      NDManager call) {
    Function<String, NDArray> critic = norm == null ? judging::get : norm.normalise(judging, call);
    return new Turn(x, critic, generating, noise, call);
  }

  private float rate(int step) {
    float progress = (float) step / settings.steps();
    return RATE * Math.min(1, 1 - (1 - LAST_RATE) * (2 * progress - 1));
  }
}

package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.eddy.model.Adam;
import dev.eddy.model.Autograd;
import dev.eddy.model.GradientPenalty;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Trains the class-conditional generator against a Wasserstein critic with the exact gradient
 * penalty, one critic step for each generator step. The generator emits hard tokens; its gradient
 * goes through the softmax at temperature {@value #TEMPERATURE} (straight-through Gumbel-softmax:
 * Jang et al., 2017, arXiv:1611.01144).
 *
 * <p>The logits start from given offsets by class, so that the network has only to learn how
 * columns depend on each other. What is returned is the moving average of the generator's weights.
 */
final class WassersteinGan {
  private static final float TEMPERATURE = 0.2f;
  private static final float RATE = 1e-3f;
  private static final float LAST_RATE = 0.1f; // as a share of RATE, reached linearly from half way
  private static final float BETA1 = 0.5f;
  private static final Adam.Settings ADAM =
      new Adam.Settings(0.9, 0, false, Double.POSITIVE_INFINITY);
  private static final float LONGEST_AVERAGE = 0.999f;
  private static final int BATCH = 64;

  private final TokenRows rows;
  private final int steps;
  private final GeneratorNetwork generator;
  private final CriticNetwork critic;
  private final Noise noise;
  private final GumbelNoise gumbel = new GumbelNoise();
  private final long[] offsets; // places of the columns' first tokens

  WassersteinGan(TokenRows rows, GeneratorSettings settings, long seed) {
    int classes = rows.classes().size();
    int tokens = rows.encoder().width();
    this.rows = rows;
    this.steps = settings.steps();
    this.offsets =
        IntStream.range(0, rows.encoder().columns().size())
            .mapToLong(rows.encoder()::offset)
            .toArray();
    this.generator = new GeneratorNetwork(classes, offsets.length, tokens, settings.hidden());
    this.critic = new CriticNetwork(classes, tokens, settings.hidden());
    this.noise = new Noise(seed);
  }

  /**
   * Trains.
   *
   * @param prior what the network's logits are added to
   * @return the generator's parameters
   * @throws TrainingDivergedException if a loss is not finite
   */
  Tensors train(CopulaPrior prior, ModelDevice device) {
    Tensors start = generator.initial(noise.random());
    try (Parameters generating = Parameters.forTraining(start, device);
        Parameters averaged = Parameters.forTraining(start, device);
        Parameters judging = Parameters.forTraining(critic.initial(noise.random()), device);
        Adam generatorAdam = new Adam(generating, ADAM);
        Adam criticAdam = new Adam(judging, ADAM);
        NDManager constants = generating.newCall()) {
      averaged.all().forEach(array -> array.setRequiresGradient(false));
      for (int step = 0; step < steps; step++) {
        float progress = (float) step / steps;
        float rate = RATE * Math.min(1, 1 - (1 - LAST_RATE) * (2 * progress - 1));
        try (NDScope scope = new NDScope();
            NDManager call = constants.newSubManager();
            Autograd autograd = new Autograd()) {
          scope.suppressNotUsedWarning();
          int[] classOf = rows.drawClasses(BATCH, noise.random());
          NDArray classes = call.create(Arrays.stream(classOf).asLongStream().toArray());
          GeneratorInput input = GeneratorInput.draw(generator, prior, classOf, noise.random());
          Fake fake = fake(call, generating, input);
          descend(
              autograd, "critic", step, criticLoss(call, judging, classOf, classes, fake.tokens()));
          criticAdam.step(rate, BETA1);
          descend(autograd, "generator", step, generatorLoss(judging, classes, fake));
          generatorAdam.step(rate, BETA1);
        }
        average(averaged, generating, step);
      }
      return averaged.toTensors();
    }
  }

  private static void descend(Autograd autograd, String network, int step, NDArray loss) {
    float value = loss.getFloat();
    if (!Float.isFinite(value)) {
      throw new TrainingDivergedException(network, step, value);
    }
    autograd.backward(loss);
  }

  private record Fake(NDArray soft, NDArray tokens) {}

  private Fake fake(NDManager call, Parameters generating, GeneratorInput input) {
    float[] base = new float[BATCH * critic.tokens()];
    gumbel.fill(base, noise.random());
    input.addSlopes(rows.encoder(), base);
    input.addOffsets(base);
    NDArray sharp =
        generator
            .logits(generating, input.toNative(call))
            .add(call.create(base, new Shape(BATCH, critic.tokens())))
            .mul(1 / TEMPERATURE);
    NDList soft = new NDList();
    NDList hard = new NDList();
    for (NDArray column : sharp.split(offsetsButFirst(), 1)) {
      soft.add(column.softmax(1));
      hard.add(column.argMax(1));
    }
    NDArray tokens = NDArrays.stack(hard, 1).add(call.create(offsets));
    return new Fake(NDArrays.concat(soft, 1), tokens);
  }

  private long[] offsetsButFirst() {
    return Arrays.copyOfRange(offsets, 1, offsets.length);
  }

  private NDArray criticLoss(
      NDManager call, Parameters judging, int[] classOf, NDArray classes, NDArray fakeTokens) {
    NDArray real = critic.first(judging, real(call, classOf), classes);
    NDArray fake = critic.first(judging, fakeTokens, classes);
    float[] shares = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      shares[i] = noise.random().nextFloat();
    }
    NDArray between = fake.add(real.sub(fake).mul(call.create(shares, new Shape(BATCH, 1))));
    return critic
        .mean(judging, fake)
        .sub(critic.mean(judging, real))
        .add(critic.penalty(judging, between).mul(GradientPenalty.WEIGHT));
  }

  /** Has the derivative of minus the critic's mean, through the soft tokens. */
  private NDArray generatorLoss(Parameters judging, NDArray classes, Fake fake) {
    NDArray first = critic.first(judging, fake.tokens(), classes);
    NDArray derivative = critic.derivativeByTokens(judging, first).stopGradient();
    return fake.soft().mul(derivative).sum().mul(-1f / BATCH);
  }

  private NDArray real(NDManager call, int[] classOf) {
    int columns = offsets.length;
    long[] tokens = new long[BATCH * columns];
    int next = 0;
    for (int labelClass : classOf) {
      int[] row = rows.rows()[labelClass][noise.random().nextInt(rows.count(labelClass))];
      for (int column = 0; column < columns; column++) {
        tokens[next++] = offsets[column] + row[column];
      }
    }
    return call.create(tokens, new Shape(BATCH, columns));
  }

  private static void average(Parameters averaged, Parameters trained, int step) {
    float kept = Math.min(LONGEST_AVERAGE, (1f + step) / (10f + step));
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      var latest = trained.all().iterator();
      for (NDArray average : averaged.all()) {
        average.muli(kept).addi(latest.next().stopGradient().mul(1 - kept));
      }
    }
  }
}

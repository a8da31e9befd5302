package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.augmentation.GuardedTraining.Attempt;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.model.Adam;
import dev.eddy.model.Autograd;
import dev.eddy.model.GradientPenalty;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.MovingAverage;
import dev.eddy.model.Noise;
import dev.eddy.model.Parameters;
import dev.eddy.model.Scale;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import org.jspecify.annotations.Nullable;

/**
 * Trains the class-conditional generator against a critic, one critic step for each generator step.
 * The critic learns the Wasserstein distance with the exact gradient penalty, or the hinge loss
 * with spectral norms of at most 1. The generator emits hard tokens; its gradient goes through the
 * softmax at temperature {@value #TEMPERATURE} (straight-through Gumbel-softmax: Jang et al., 2017,
 * arXiv:1611.01144).
 *
 * <p>The logits start from given offsets by class, so that the network has only to learn how
 * columns depend on each other. With a latent code, a small network has to read the code out of the
 * generated tokens, and the generator has to make it readable (Chen et al., "InfoGAN", 2016,
 * arXiv:1606.03657).
 */
final class GanTraining implements Attempt {
  static final int BATCH = 128;

  /** Balancing classes that are not rare cost the critic .002 of pair trends and gained nothing. */
  private static final double RARE = 0.02;

  private static final float TEMPERATURE = 0.2f;
  private static final float RATE = 1e-3f;
  private static final float LAST_RATE = 0.1f; // as a share of RATE, reached linearly from half way
  private static final float BETA1 = 0.5f;
  private static final double EXPLODED = 1e5;
  private static final Adam.Settings ADAM = new Adam.Settings(0.9, 0, false, EXPLODED);
  private static final float LONGEST_AVERAGE = 0.999f;
  private static final int FIRST_LOOK = 300;
  private static final double SATURATED = 0.02;

  private final TokenRows rows;
  private final CopulaPrior prior;
  private final GeneratorNetwork generator;
  private final CriticNetwork critic;
  private final GanObjective objective;
  private final int steps;
  private final Noise noise;
  private final TokenBatches batches;
  private final Diversity diversity;
  private final GumbelNoise gumbel = new GumbelNoise();
  private final Parameters generating;
  private final Parameters judging;
  private final MovingAverage average;
  private final Adam generatorAdam;
  private final Adam criticAdam;
  private final SpectralProjection spectral;
  private final NDManager constants;
  private int done;
  private double hinge;

  /**
   * Starts from weights.
   *
   * @param weights of both networks, as {@link #initial} or {@link #weights} gave them
   */
  GanTraining(
      TokenRows rows,
      CopulaPrior prior,
      GeneratorNetwork generator,
      GanObjective objective,
      Tensors weights,
      int steps,
      Noise noise,
      ModelDevice device) {
    this.rows = rows;
    this.prior = prior;
    this.generator = generator;
    this.critic = critic(generator);
    this.objective = objective;
    this.steps = steps;
    this.noise = noise;
    this.batches = new TokenBatches(rows, noise.random(), RARE);
    this.diversity = new Diversity(rows);
    this.generating = Parameters.forTraining(weights.under("generator."), device);
    this.judging = Parameters.forTraining(weights.under("critic."), device);
    this.average = new MovingAverage(weights.under("generator."), device, LONGEST_AVERAGE);
    this.generatorAdam = new Adam(generating, ADAM);
    this.criticAdam = new Adam(judging, ADAM);
    this.spectral = new SpectralProjection(judging, noise, "token", "weight2", "weight3");
    this.constants = generating.newCall();
  }

  private static CriticNetwork critic(GeneratorNetwork generator) {
    return new CriticNetwork(generator.classes(), generator.tokens(), generator.hidden());
  }

  /** Returns the weights of both networks that training starts from. */
  static Tensors initial(GeneratorNetwork generator, Noise noise) {
    return generator
        .initial(noise.random())
        .prefixed("generator.")
        .with(critic(generator).initial(noise.random()).prefixed("critic."));
  }

  @Override
  public double step(int step, float rateShare) {
    double loss;
    float progress = (float) step / steps;
    float rate = rateShare * RATE * Math.min(1, 1 - (1 - LAST_RATE) * (2 * progress - 1));
    try (NDScope scope = new NDScope();
        NDManager call = constants.newSubManager();
        Autograd autograd = new Autograd()) {
      scope.suppressNotUsedWarning();
      int[] classOf = batches.classes(BATCH);
      NDArray classes = TokenBatches.toNative(call, classOf);
      GeneratorInput input = GeneratorInput.draw(generator, prior, classOf, noise.random());
      Fake fake = fake(call, input);
      NDArray real = batches.toNative(call, batches.tokens(classOf));
      NDArray criticLoss =
          objective == GanObjective.HINGE
              ? hingeLoss(real, fake.tokens(), classes)
              : wassersteinLoss(call, real, fake.tokens(), classes);
      loss = descend(autograd, "critic", step, criticLoss, criticAdam, rate);
      if (objective == GanObjective.HINGE) {
        spectral.project(judging);
      }
      NDArray generatorLoss = generatorLoss(classes, fake);
      if (generator.codes() > 0) {
        NDArray codes = call.create(input.codes());
        generatorLoss = generatorLoss.add(generator.codeLoss(generating, fake.soft(), codes));
      }
      descend(autograd, "generator", step, generatorLoss, generatorAdam, rate);
    }
    average.add(generating, step);
    done++;
    return loss;
  }

  private static float descend(
      Autograd autograd, String network, int step, NDArray loss, Adam adam, float rate) {
    float value = loss.getFloat();
    if (!Float.isFinite(value)) {
      throw new TrainingDivergedException(network, step, value);
    }
    autograd.backward(loss);
    adam.step(rate, BETA1);
    if (!(adam.norm() < EXPLODED)) {
      throw new TrainingDivergedException(
          "network %s: gradient norm must be < %s, got %s at step %d"
              .formatted(network, EXPLODED, adam.norm(), step));
    }
    return value;
  }

  private record Fake(NDArray soft, NDArray tokens) {}

  private Fake fake(NDManager call, GeneratorInput input) {
    TokenLayout layout = rows.layout();
    float[] base = new float[input.rows() * layout.width()];
    gumbel.fill(base, noise.random());
    input.addSlopes(layout, base);
    input.addOffsets(base);
    NDArray sharp =
        Scale.by(
            generator
                .logits(generating, input.toNative(call))
                .add(call.create(base, new Shape(input.rows(), layout.width()))),
            1 / TEMPERATURE);
    NDList soft = new NDList();
    NDList hard = new NDList();
    for (NDArray column : sharp.split(layout.cuts(), 1)) {
      soft.add(column.softmax(1));
      hard.add(column.argMax(1).add(layout.offset(hard.size())));
    }
    return new Fake(NDArrays.concat(soft, 1), NDArrays.stack(hard, 1));
  }

  private NDArray wassersteinLoss(NDManager call, NDArray real, NDArray fake, NDArray classes) {
    NDArray realFirst = critic.first(judging, real, classes);
    NDArray fakeFirst = critic.first(judging, fake, classes);
    float[] shares = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      shares[i] = noise.random().nextFloat();
    }
    NDArray between =
        fakeFirst.add(realFirst.sub(fakeFirst).mul(call.create(shares, new Shape(BATCH, 1))));
    return critic
        .output(judging, fakeFirst)
        .mean()
        .sub(critic.output(judging, realFirst).mean())
        .add(Scale.by(critic.penalty(judging, between), GradientPenalty.WEIGHT));
  }

  private NDArray hingeLoss(NDArray real, NDArray fake, NDArray classes) {
    NDArray realOutput = critic.output(judging, critic.first(judging, real, classes));
    NDArray fakeOutput = critic.output(judging, critic.first(judging, fake, classes));
    NDArray loss = relu(realOutput.neg().add(1f)).mean().add(relu(fakeOutput.add(1f)).mean());
    hinge = done == 0 ? loss.getFloat() : 0.99 * hinge + 0.01 * loss.getFloat();
    return loss;
  }

  private static NDArray relu(NDArray x) {
    return JniUtils.relu((PtNDArray) x);
  }

  /** Has the derivative of minus the critic's mean, through the soft tokens. */
  private NDArray generatorLoss(NDArray classes, Fake fake) {
    NDArray first = critic.first(judging, fake.tokens(), classes);
    NDArray derivative = critic.derivativeByTokens(judging, first).stopGradient();
    return Scale.by(fake.soft().mul(derivative).sum(), -1f / BATCH);
  }

  @Override
  public @Nullable String trouble() {
    if (objective == GanObjective.HINGE && done >= FIRST_LOOK && hinge < SATURATED) {
      return "critic must not be saturated, got a hinge loss of %.4f".formatted(hinge);
    }
    for (int labelClass = 0; labelClass < rows.classes().size(); labelClass++) {
      String trouble = diversity.trouble(labelClass, tokens(labelClass));
      if (trouble != null) {
        return trouble;
      }
    }
    return null;
  }

  /** Returns generated rows of a class, places of their tokens among all, row-major. */
  private long[] tokens(int labelClass) {
    int[] classOf = new int[Diversity.ROWS];
    java.util.Arrays.fill(classOf, labelClass);
    try (NDScope scope = new NDScope();
        NDManager call = constants.newSubManager()) {
      scope.suppressNotUsedWarning();
      return fake(call, GeneratorInput.draw(generator, prior, classOf, noise.random()))
          .tokens()
          .toLongArray();
    }
  }

  @Override
  public Tensors weights() {
    return generating
        .toTensors()
        .prefixed("generator.")
        .with(judging.toTensors().prefixed("critic."));
  }

  @Override
  public Tensors result() {
    return average.toTensors();
  }

  @Override
  public void close() {
    constants.close();
    spectral.close();
    generatorAdam.close();
    criticAdam.close();
    average.close();
    generating.close();
    judging.close();
  }
}

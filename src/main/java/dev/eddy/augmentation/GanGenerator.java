package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.Session;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A trained adversarial generator on top of the copulas of its classes. */
final class GanGenerator implements TokenNetwork {
  private final GeneratorNetwork network;
  private final CopulaPrior prior;
  private final TokenLayout layout;
  private final Tensors weights;

  GanGenerator(GeneratorNetwork network, CopulaPrior prior, TokenLayout layout, Tensors weights) {
    this.network = network;
    this.prior = prior;
    this.layout = layout;
    this.weights = weights;
  }

  /** Trains on the rows; incidents join the guard's. */
  static GanGenerator train(
      TokenRows rows,
      CopulaPrior prior,
      GanObjective objective,
      int codes,
      int hidden,
      int steps,
      long seed,
      ModelDevice device,
      GuardedTraining guard) {
    TokenLayout layout = rows.layout();
    GeneratorNetwork network =
        new GeneratorNetwork(
            rows.classes().size(), layout.columns().size(), layout.width(), hidden, codes);
    Noise noise = new Noise(seed);
    GanObjective other =
        objective == GanObjective.HINGE ? GanObjective.WASSERSTEIN : GanObjective.HINGE;
    Tensors trained =
        guard.run(
            GanTraining.initial(network, noise),
            steps,
            2,
            (weights, from, turned) ->
                new GanTraining(
                    rows,
                    prior,
                    network,
                    turned ? other : objective,
                    weights,
                    steps,
                    noise,
                    device));
    return new GanGenerator(network, prior, layout, trained);
  }

  @Override
  public Recipe recipe() {
    return Recipe.GAN;
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public int hidden() {
    return network.hidden();
  }

  @Override
  public int codes() {
    return network.codes();
  }

  @Override
  public Tensors tensors() {
    return weights;
  }

  @Override
  public boolean startsFromCopula() {
    return true;
  }

  @Override
  public LogitSource open(ModelDevice device, DeviceListener listener) {
    Session session = new Session(weights, device, listener);
    return new LogitSource() {
      @Override
      public float[] logits(int labelClass, int rows, SplittableRandom random) {
        int[] classOf = new int[rows];
        Arrays.fill(classOf, labelClass);
        GeneratorInput input = GeneratorInput.draw(network, prior, classOf, random);
        float[] logits =
            session.call(
                (parameters, call) ->
                    network.logits(parameters, input.toNative(call)).toFloatArray());
        input.addSlopes(layout, logits);
        return logits;
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }
}

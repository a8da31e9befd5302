package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.definition.Detection.Objective;
import dev.eddy.model.GradientPenalty;
import dev.eddy.model.Scale;
import dev.eddy.model.gan.AdversarialTraining.Turn;

/**
 * What the two players of a GAN minimise. Logits are those of "fake": a critic's score is high for
 * what is anomalous, as every score here is.
 *
 * @param objective one of a game
 */
record AdversarialLoss(Objective objective) {

  /** Returns the critic's loss on inputs, shape (batch, features) each, without the generator. */
  NDArray critic(DiscriminatorNetwork network, Turn turn, NDArray real, NDArray fake) {
    NDArray generated = fake.stopGradient();
    NDArray onReal = network.logits(real, turn.critic());
    NDArray onFake = network.logits(generated, turn.critic());
    return switch (objective) {
      case HINGE -> hinge(onReal).add(hinge(onFake.neg()));
      case WASSERSTEIN ->
          onReal
              .mean()
              .sub(onFake.mean())
              .add(Scale.by(penalty(network, turn, real, generated), GradientPenalty.WEIGHT));
      case NON_SATURATING, NOISE_CONTRASTIVE -> low(onReal).add(low(onFake.neg()));
    };
  }

  /** Returns the loss of whoever made these rows, given their logits of "fake". */
  NDArray generator(NDArray logits) {
    return switch (objective) {
      case HINGE, WASSERSTEIN -> logits.mean();
      case NON_SATURATING, NOISE_CONTRASTIVE -> low(logits);
    };
  }

  private static NDArray low(NDArray logits) {
    return JniUtils.softPlus((PtNDArray) logits).mean();
  }

  private static NDArray hinge(NDArray logits) {
    return JniUtils.relu((PtNDArray) logits.add(1f)).mean();
  }

  /** Between each real row and a generated one, at a random place. */
  private static NDArray penalty(
      DiscriminatorNetwork network, Turn turn, NDArray real, NDArray fake) {
    NDArray share = turn.uniform();
    NDArray between = fake.add(real.stopGradient().sub(fake).mul(share));
    return GradientPenalty.of(
        network.derivative(between, turn.critic()).square().sum(new int[] {1}));
  }
}

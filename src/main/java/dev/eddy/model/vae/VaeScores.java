package dev.eddy.model.vae;

/** What an autoencoder says of one batch; higher is more anomalous. Takes over its arrays. */
public final class VaeScores {
  private final double[] negativeElbo;
  private final double[] kl;

  VaeScores(double[] negativeElbo, double[] kl) {
    this.negativeElbo = negativeElbo;
    this.kl = kl;
  }

  /** Returns -log p(x|z) at the latent mean plus the KL divergence, in nats, a value a row. */
  public double[] negativeElbo() {
    return negativeElbo;
  }

  /** Returns KL(q(z|x) || N(0, I)) in nats, a value a row. */
  public double[] kl() {
    return kl;
  }
}

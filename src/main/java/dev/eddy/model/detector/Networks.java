package dev.eddy.model.detector;

/** Names of the networks: prefix of their tensors, and of their progress. */
final class Networks {
  static final String VAE_ASINH = "vae.asinh";
  static final String VAE_LINEAR = "vae.linear";
  static final String ROWS = "gan.rows";
  static final String CRITIC = "gan.critic";
  static final String RESIDUALS = "gan.residuals";
  static final String LABELLED_LINEAR = "gan.labelled.linear";
  static final String LABELLED_ASINH = "gan.labelled.asinh";
  static final String LABELLED_PLAIN = "gan.labelled.plain";

  private Networks() {}
}

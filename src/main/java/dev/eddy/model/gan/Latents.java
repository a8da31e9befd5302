package dev.eddy.model.gan;

/** How many latent variables stand for a row. */
final class Latents {
  private static final int FEWEST = 2;
  private static final int MOST = 16;

  private Latents() {}

  /** Returns half as many as there are features, within bounds. */
  static int of(int features) {
    return Math.max(FEWEST, Math.min(MOST, features / 2));
  }
}

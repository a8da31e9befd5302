package dev.eddy.trainer.training;

import dev.eddy.augmentation.GeneratorListener;
import dev.eddy.model.TrainingListener;

/** Tells now and then how a generator's network gets on, beside the detector's networks. */
final class GeneratorProgress implements GeneratorListener {
  static final int EVERY = 20;
  private static final String PREFIX = "generator.";

  private final TrainingListener listener;

  GeneratorProgress(TrainingListener listener) {
    this.listener = listener;
  }

  @Override
  public void trained(String family, int step, int steps, double loss) {
    if (step % EVERY == 0 || step == steps) {
      listener.progress(PREFIX + family, step, steps, loss);
    }
  }

  @Override
  public void measuring(String family) {}
}

package dev.eddy.augmentation;

/** Hears how the training of generators goes on. Called by the training thread; must be quick. */
public interface GeneratorListener {
  /** Hears nothing. */
  GeneratorListener NONE =
      new GeneratorListener() {
        @Override
        public void trained(String family, int step, int steps, double loss) {}

        @Override
        public void measuring(String family) {}
      };

  /**
   * Called after each optimisation step; a training that is set back takes steps again.
   *
   * @param family for example {@code vae}
   * @param step steps done
   * @param steps steps that will be done in all
   * @param loss of the last batch; of a GAN, its critic's
   */
  void trained(String family, int step, int steps, double loss);

  /** Called before a family is measured. */
  void measuring(String family);

  /** Called before the gate measures a class of the generator that was chosen. */
  default void judging(String labelClass) {}

  /**
   * Called before it is measured what a classifier gains by rows of a class.
   *
   * @param classifier for example {@code boosting}
   */
  default void testingLift(String labelClass, String classifier) {}
}

package dev.eddy.augmentation;

/** Hears how the training of generators goes on. Called by the training thread; must be quick. */
public interface GeneratorListener {
  /** Hears nothing. */
  GeneratorListener NONE =
      new GeneratorListener() {
        @Override
        public void trained(String family, int step, int steps) {}

        @Override
        public void measuring(String family) {}
      };

  /**
   * Called after each optimisation step; a training that is set back takes steps again.
   *
   * @param family for example {@code vae}
   * @param step steps done
   * @param steps steps that will be done in all
   */
  void trained(String family, int step, int steps);

  /** Called before a family is measured. */
  void measuring(String family);
}

package dev.eddy.augmentation;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import java.util.List;

/** Trains the class-conditional generator and puts it before the gate. */
public final class GeneratorTrainer {
  private final GeneratorSettings settings;

  /** Makes a trainer; it keeps no state between trainings. */
  public GeneratorTrainer(GeneratorSettings settings) {
    this.settings = settings;
  }

  /**
   * Trains on the training rows and measures on the held-out rows. The same rows, settings and seed
   * give the same weights on the CPU.
   *
   * @param training samples with a class; samples without one are left out
   * @param heldOut samples with a class that training never sees
   */
  public GeneratorModel train(
      StreamDefinition definition,
      List<Sample> training,
      List<Sample> heldOut,
      long seed,
      ModelDevice device) {
    throw new IllegalStateException(
        "under construction: " + settings + definition + training + heldOut + seed + device);
  }
}

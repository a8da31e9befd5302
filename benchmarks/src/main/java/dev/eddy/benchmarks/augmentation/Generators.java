package dev.eddy.benchmarks.augmentation;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.GeneratorSettings;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.model.ModelDevice;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Generators of one family with its defaults, and as much time as they want. */
final class Generators {
  static final Duration LONGEST_TRAINING = Duration.ofMinutes(10);

  private Generators() {}

  /** Trains on all rows, without a gate; the caller closes it. */
  static Generator trained(
      StreamDefinition definition, List<SyntheticRow> rows, String family, long seed) {
    Generation generation =
        new Generation(
            GeneratorFamily.valueOf(family.toUpperCase(Locale.ROOT)),
            LONGEST_TRAINING,
            GanObjective.WASSERSTEIN,
            0,
            0);
    return new GeneratorTrainer(GeneratorSettings.of(generation))
        .trainOn(definition, rows, List.of(), seed, ModelDevice.CPU)
        .open(ModelDevice.CPU);
  }
}

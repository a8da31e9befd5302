package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.model.Tensors;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How one part of the ensemble is trained, weighed and read back. A new detector touches three
 * files of code and one of documentation:
 *
 * <ul>
 *   <li>a class that implements this and {@link TrainedDetector}; a network that scores rows by
 *       itself is a {@link NetworkFamily} and needs none of the two;
 *   <li>a constant of {@link Part}, by which a definition names it;
 *   <li>a line in {@link DetectorFamilies#ALL};
 *   <li>its word under {@code detection.detectors} in {@code docs/configuration.md}.
 * </ul>
 *
 * <p>The constant and the line cannot be one: definitions are read by modules that know no
 * detector, so {@link Part} stands in a package that must not see this one, and a family that
 * registered itself would have to be found by reflection. A test fails where a part has no family.
 *
 * <p>Only the autoencoders and the discriminators are no family: others build on what they learn,
 * see {@link NetworkDetector}.
 */
interface DetectorFamily {

  /** Returns the part that switches it on; in lower case it names its file of the artifact. */
  Part part();

  /**
   * Returns the weight of each of its scores in the unsupervised fusion, by name, 0 for scores that
   * know labels; empty where the family has no place in a mode.
   */
  Map<String, Double> weights(Mode mode);

  /**
   * Trains a detector.
   *
   * @param seed of all its randomness
   * @return empty where the rows hold nothing that it could learn
   */
  Optional<TrainedDetector> train(TrainingRows rows, Mode mode, long seed);

  /** Returns how many networks a training of it trains at most: they share its time budget. */
  default int networks() {
    return 0;
  }

  /** Reads a detector back from its tensors. */
  TrainedDetector read(Tensors tensors);

  /** Returns the name of its file in the artifact. */
  default String file() {
    return part().name().toLowerCase(Locale.ROOT).replace('_', '-') + ".safetensors";
  }
}

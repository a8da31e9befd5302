package dev.eddy.registry;

import dev.eddy.augmentation.GeneratorModel;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.scoring.DetectionModel;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one version consists of, ready to be opened.
 *
 * @param manifest what it is
 * @param detection the ensemble that scores
 * @param generator the generator; null when there were too few labelled rows to train one
 */
public record TrainedModel(
    Manifest manifest, DetectionModel detection, @Nullable GeneratorModel generator) {

  /**
   * Opens an artifact for a stream.
   *
   * @throws ModelLoadException if it was made for another definition or a part cannot be read
   */
  public static TrainedModel fromArtifact(StreamDefinition definition, ModelArtifact artifact) {
    throw new ModelLoadException("under construction: " + definition + artifact.parts());
  }
}

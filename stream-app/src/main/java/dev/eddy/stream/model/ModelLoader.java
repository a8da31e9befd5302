package dev.eddy.stream.model;

import dev.eddy.registry.ModelVersion;

/** Makes a version ready to serve. */
@FunctionalInterface
public interface ModelLoader {
  /**
   * Loads, verifies, opens and warms a version; takes seconds.
   *
   * @throws dev.eddy.registry.ModelLoadException if it cannot be served
   * @throws dev.eddy.scoring.ScoringException if it cannot score
   */
  Champion load(ModelVersion version);
}

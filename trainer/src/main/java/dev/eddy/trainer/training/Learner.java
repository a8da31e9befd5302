package dev.eddy.trainer.training;

import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.trainer.gate.AnomalyScores;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes models of rows, and opens those that were made before. */
public interface Learner {

  /**
   * Learns. The same rows, seed and champion give the same weights on the CPU.
   *
   * @param champion to go on from, where it fits; null: there is none
   * @throws IllegalArgumentException if the rows are too few or all equal
   */
  Learned learn(HeldOutSplit rows, long seed, @Nullable ModelArtifact champion);

  /**
   * Opens an earlier model.
   *
   * @throws dev.eddy.registry.ModelLoadException if it does not fit the definition
   */
  AnomalyScores open(ModelArtifact artifact);

  /** What was learned. */
  interface Learned {
    /** Returns how it scores. */
    AnomalyScores scores();

    /** Returns the classes that its generator makes; empty without one. */
    List<String> classes();

    /** Returns figures for the manifest, by name. */
    SortedMap<String, Double> metrics();

    /** Returns what a reader of the manifest should know. */
    List<String> notes();

    /** Returns what is wrong with its weights; empty when they are sound. */
    default List<String> defects() {
      return List.of();
    }

    /** Returns it with the generator of an earlier model, until it has one of its own. */
    default Learned keepingGeneratorOf(ModelArtifact earlier) {
      return this;
    }

    /**
     * Trains its generator, which may take minutes.
     *
     * @return it with the generator; empty where none can be had that may publish what the one that
     *     it has may: then that one stays
     */
    default Optional<Learned> withGenerator() {
      return Optional.empty();
    }

    /** Puts it under a manifest. */
    ModelArtifact artifact(Manifest manifest);
  }
}

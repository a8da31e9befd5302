package dev.eddy.benchmarks.stream;

import dev.eddy.definition.Detection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the topology does with each record. */
enum Mode {
  /** Parses and forwards. */
  PASS_THROUGH("passThrough"),
  /** VAE and discriminators in micro-batches. */
  NEURAL("neural"),
  /** All parts in micro-batches. */
  ENSEMBLE("ensemble"),
  /** VAE and discriminators, one call into the engine a record. */
  SINGLE("single");

  private final String label;

  Mode(String label) {
    this.label = label;
  }

  /** Returns the name in results. */
  String label() {
    return label;
  }

  /** Returns what the model is made of; null: no model. */
  @Nullable Detection detection() {
    return switch (this) {
      case PASS_THROUGH -> null;
      case NEURAL, SINGLE ->
          Detection.DEFAULT.withDetectors(Set.of(Detection.Part.VAE, Detection.Part.DISCRIMINATOR));
      case ENSEMBLE -> Detection.DEFAULT;
    };
  }

  /** Returns whether records wait for each other. */
  boolean batched() {
    return this != SINGLE;
  }
}

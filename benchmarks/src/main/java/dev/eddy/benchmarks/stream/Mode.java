package dev.eddy.benchmarks.stream;

import dev.eddy.scoring.DetectionSettings;
import org.jspecify.annotations.Nullable;

/** What the topology does with each record. */
enum Mode {
  /** Parses and forwards. */
  PASS_THROUGH("passThrough", null, true),
  /** VAE and discriminators in micro-batches. */
  NEURAL("neural", DetectionSettings.NEURAL, true),
  /** All parts in micro-batches. */
  ENSEMBLE("ensemble", DetectionSettings.DEFAULT, true),
  /** VAE and discriminators, one call into the engine a record. */
  SINGLE("single", DetectionSettings.NEURAL, false);

  private final String label;
  private final @Nullable DetectionSettings detection;
  private final boolean batched;

  Mode(String label, @Nullable DetectionSettings detection, boolean batched) {
    this.label = label;
    this.detection = detection;
    this.batched = batched;
  }

  /** Returns the name in results. */
  String label() {
    return label;
  }

  /** Returns what the model is made of; null: no model. */
  @Nullable DetectionSettings detection() {
    return detection;
  }

  /** Returns whether records wait for each other. */
  boolean batched() {
    return batched;
  }
}

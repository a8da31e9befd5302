package dev.eddy.scoring;

import dev.eddy.feature.Encoder;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import java.util.List;

/** Trains the detecting ensemble on samples of which most have no label. */
public final class DetectionTrainer {
  private final DetectionSettings settings;

  /** Makes a trainer; it keeps no state between trainings. */
  public DetectionTrainer(DetectionSettings settings) {
    this.settings = settings;
  }

  /**
   * Trains a model. The same samples, settings and seed give the same weights on the CPU.
   *
   * @param encoder fitted on the same samples
   * @param samples in any order; at least 50
   */
  public DetectionModel train(
      Encoder encoder, List<Sample> samples, long seed, ModelDevice device) {
    throw new IllegalStateException(
        "under construction: " + settings + encoder.width() + samples.size() + seed + device);
  }
}

package dev.eddy.stream.topology;

import dev.eddy.event.Coordinates;
import dev.eddy.schema.Score;

/** Writes the score record of a scored event. */
final class ScoreWriter {
  private ScoreWriter() {}

  /** Takes over the map of detectors. */
  static Score write(ScoredEvent scored) {
    Coordinates coordinates = scored.event().coordinates();
    return new Score(
        coordinates.topic(),
        coordinates.partition(),
        coordinates.offset(),
        scored.event().entity(),
        scored.event().timestampMillis(),
        scored.score(),
        scored.pValue(),
        scored.modelVersion(),
        scored.detectors());
  }
}

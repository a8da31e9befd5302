package dev.eddy.scoring;

import java.util.List;

/** The classical parts that there are. */
final class DetectorFamilies {
  /** Every family, in the order in which their scores are listed. */
  static final List<DetectorFamily> ALL =
      List.of(
          NeighbourDetector.FAMILY,
          ForestDetector.FAMILY,
          HistogramDetector.FAMILY,
          CovarianceDetector.FAMILY,
          ContextDetector.FAMILY);

  private DetectorFamilies() {}
}

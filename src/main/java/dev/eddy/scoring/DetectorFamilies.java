package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.model.gan.Bigan;
import dev.eddy.model.gan.VaeGan;
import java.util.List;

/** The parts that there are beside the autoencoders and the discriminators. */
final class DetectorFamilies {
  /** Every family, in the order in which their scores are listed. */
  static final List<DetectorFamily> ALL =
      List.of(
          NeighbourDetector.FAMILY,
          ForestDetector.FAMILY,
          HistogramDetector.FAMILY,
          CovarianceDetector.FAMILY,
          ContextDetector.FAMILY,
          ClusterDetector.FAMILY,
          new NetworkFamily(Part.VAE_GAN, "vae-gan.features", 0.3, VaeGan::train, VaeGan::open),
          new NetworkFamily(Part.BIGAN, "bigan.distance", 0.3, Bigan::train, Bigan::open),
          LabelledTreesDetector.FAMILY);

  private DetectorFamilies() {}
}

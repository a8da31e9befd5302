package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.EngineFailedException;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.gan.AdversarialSettings;
import dev.eddy.model.gan.RowScorer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that reads ASINH rows and gives each one number. It is trained on the rows from which
 * to learn what is normal.
 *
 * @param part that switches it on
 * @param scoreName of its number
 * @param weight in the unsupervised fusion of contaminated data; a quarter of it on normal data, as
 *     for all networks
 * @param trainer makes its tensors
 * @param opener puts them on a device
 */
record NetworkFamily(Part part, String scoreName, double weight, Trainer trainer, Opener opener)
    implements DetectorFamily {

  /** Trains a network. */
  @FunctionalInterface
  interface Trainer {
    /** Returns the tensors of a network with this name, trained on ASINH rows. */
    Tensors train(
        String name,
        FeatureMatrix rows,
        AdversarialSettings settings,
        long seed,
        TrainingTask task);
  }

  /** Puts a trained network on a device. */
  @FunctionalInterface
  interface Opener {
    /** Returns the network on a device; the caller closes it. */
    RowScorer open(Tensors tensors, ModelDevice device, DeviceListener listener);
  }

  @Override
  public Map<String, Double> weights(Mode mode) {
    return Map.of(scoreName, NetworkDetector.weight(weight, mode));
  }

  @Override
  public int networks() {
    return 1;
  }

  @Override
  public Optional<TrainedDetector> train(TrainingRows training, Mode mode, long seed) {
    Tensors tensors =
        trainer.train(
            scoreName,
            training.reference(mode).asinh(),
            training.adversarial(),
            seed,
            training.task());
    return Optional.of(new Trained(this, tensors));
  }

  @Override
  public TrainedDetector read(Tensors tensors) {
    return new Trained(this, tensors);
  }

  private record Trained(NetworkFamily family, Tensors tensors) implements TrainedDetector {
    @Override
    public List<String> scoreNames() {
      return List.of(family.scoreName());
    }

    @Override
    public Detector open(ModelDevice device, DeviceListener listener) {
      return new Opened(scoreNames(), family.opener().open(tensors, device, listener));
    }
  }

  private record Opened(List<String> scoreNames, RowScorer scorer) implements Detector {
    @Override
    public double[][] score(DetectorInput input) {
      try {
        return new double[][] {scorer.score(input.asinh())};
      } catch (EngineFailedException e) {
        throw new ScoringException(
            "%s could not score %d rows".formatted(scoreNames.get(0), input.rows()), e);
      }
    }

    @Override
    public void close() {
      scorer.close();
    }
  }
}

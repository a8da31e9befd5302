package dev.eddy.trainer.training;

import static java.util.Objects.requireNonNull;

import dev.eddy.augmentation.GeneratorModel;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.TrainedModel;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.gate.EnsembleScores;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the detecting ensemble and, where there are labelled anomalies enough, the generator. A
 * generator that cannot be trained does not keep the detector from being published.
 */
public final class EnsembleLearner implements Learner {
  private static final Logger LOG = LoggerFactory.getLogger(EnsembleLearner.class);

  /** Fewer rows of a class are memorised rather than learned. */
  static final int FEWEST_ROWS_OF_A_CLASS = 50;

  /** The files of the networks' weights; those of other detectors may hold infinite bounds. */
  private static final Set<String> NETWORKS = Set.of("vae.safetensors", "gan.safetensors");

  private final StreamDefinition definition;
  private final ModelDevice device;
  private final DetectionTrainer detectors;
  private final GeneratorTrainer generators;
  private final GeneratorListener listener;

  /** Hears how it went with the generator. */
  public interface GeneratorListener {
    /** What became of it. */
    enum Outcome {
      /** It is part of the version. */
      TRAINED,
      /** There were too few labelled rows. */
      SKIPPED,
      /** Training it failed. */
      FAILED
    }

    /** Hears what became of the generator of one training. */
    void generator(Outcome outcome);
  }

  /** Makes a learner; it keeps no state between trainings. */
  public EnsembleLearner(
      StreamDefinition definition,
      ModelDevice device,
      DetectionTrainer detectors,
      GeneratorTrainer generators,
      GeneratorListener listener) {
    this.definition = requireNonNull(definition, "definition");
    this.device = requireNonNull(device, "device");
    this.detectors = requireNonNull(detectors, "detectors");
    this.generators = requireNonNull(generators, "generators");
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  public Learned learn(HeldOutSplit rows, long seed) {
    long start = System.nanoTime();
    List<Sample> training = rows.training();
    Encoder encoder = Encoder.fit(definition, training.stream().map(Sample::observation).toList());
    DetectionModel detection = detectors.train(encoder, training, seed, device);
    double detectorSeconds = secondsSince(start);
    var generator = learnGenerator(rows, seed);
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("trainingRows", (double) training.size());
    metrics.put("detectorSeconds", detectorSeconds);
    metrics.put("trainSeconds", secondsSince(start));
    if (generator.model() != null) {
      metrics.put("generator.columnShapes", generator.model().gate().columnShapes());
    }
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return new LearnedEnsemble(detection, generator.model(), metrics, generator.notes(), device);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private record GeneratorAttempt(@Nullable GeneratorModel model, List<String> notes) {}

  private GeneratorAttempt learnGenerator(HeldOutSplit rows, long seed) {
    Map<String, Long> sizes =
        rows.training().stream()
            .filter(sample -> sample.labelClass() != null)
            .collect(
                Collectors.groupingBy(Sample::labelClass, TreeMap::new, Collectors.counting()));
    Set<String> large =
        sizes.entrySet().stream()
            .filter(entry -> entry.getValue() >= FEWEST_ROWS_OF_A_CLASS)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    boolean anomalous =
        rows.training().stream()
            .anyMatch(
                sample -> sample.truth() == Truth.ANOMALOUS && isOneOf(large, sample.labelClass()));
    if (!anomalous) {
      listener.generator(GeneratorListener.Outcome.SKIPPED);
      return new GeneratorAttempt(
          null,
          List.of(
              "no generator: a class of anomalies must have at least %d labelled rows, got %s"
                  .formatted(FEWEST_ROWS_OF_A_CLASS, sizes)));
    }
    try {
      GeneratorModel model =
          generators.train(
              definition,
              withClass(rows.training(), large),
              withClass(rows.heldOut(), large),
              seed,
              device);
      listener.generator(GeneratorListener.Outcome.TRAINED);
      return new GeneratorAttempt(model, refusals(model));
    } catch (RuntimeException e) { // whatever it is, the detector is whole without it
      LOG.atWarn().setCause(e).log("could not train the generator; the detector goes on without");
      listener.generator(GeneratorListener.Outcome.FAILED);
      return new GeneratorAttempt(null, List.of("no generator: its training failed, " + e));
    }
  }

  private static List<String> refusals(GeneratorModel model) {
    return model.gate().refusals().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            refusal ->
                "generator may not publish %s: %s"
                    .formatted(refusal.getKey(), String.join("; ", refusal.getValue())))
        .toList();
  }

  private static List<Sample> withClass(List<Sample> samples, Set<String> classes) {
    return samples.stream().filter(sample -> isOneOf(classes, sample.labelClass())).toList();
  }

  private static boolean isOneOf(Set<String> classes, @Nullable String labelClass) {
    return labelClass != null && classes.contains(labelClass);
  }

  @Override
  public AnomalyScores open(ModelArtifact artifact) {
    return new EnsembleScores(TrainedModel.fromArtifact(definition, artifact).detection(), device);
  }

  private record LearnedEnsemble(
      DetectionModel detection,
      @Nullable GeneratorModel generator,
      SortedMap<String, Double> metrics,
      List<String> notes,
      ModelDevice device)
      implements Learned {
    @Override
    public AnomalyScores scores() {
      return new EnsembleScores(detection, device);
    }

    @Override
    public List<String> defects() {
      return detection.parts().entrySet().stream()
          .filter(part -> NETWORKS.contains(part.getKey()))
          .filter(part -> !Tensors.fromSafetensors(part.getValue()).areFinite())
          .map(part -> "weights must be finite, but those of %s are not".formatted(part.getKey()))
          .toList();
    }

    @Override
    public List<String> classes() {
      return generator == null ? List.of() : generator.classes();
    }

    @Override
    public ModelArtifact artifact(Manifest manifest) {
      return TrainedModel.toArtifact(manifest, detection, generator);
    }
  }
}

package dev.eddy.trainer.training;

import static java.util.Objects.requireNonNull;

import dev.eddy.augmentation.GateReport;
import dev.eddy.augmentation.GeneratorModel;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingListener;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.TrainedModel;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.gate.EnsembleScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the detecting ensemble and, afterwards and where there are labelled anomalies enough, the
 * generator. A generator that cannot be trained does not keep the detector from being published,
 * nor does it replace the one before; neither does one that the gate refuses a class that the one
 * before may publish.
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
  private final GeneratorProgress progress;

  /** Hears how it went with the generator. */
  public interface GeneratorListener {
    /** What became of it. */
    enum Outcome {
      /** It is part of the version. */
      TRAINED,
      /** There were too few labelled rows. */
      SKIPPED,
      /** Training it failed. */
      FAILED,
      /** The gate refuses it a class that the one before may publish, which stays. */
      REFUSED
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
    this(definition, device, detectors, generators, listener, TrainingListener.NONE);
  }

  /**
   * Makes a learner; it keeps no state between trainings.
   *
   * @param progress hears of the generator's networks, under names such as {@code generator.vae}
   */
  public EnsembleLearner(
      StreamDefinition definition,
      ModelDevice device,
      DetectionTrainer detectors,
      GeneratorTrainer generators,
      GeneratorListener listener,
      TrainingListener progress) {
    this.progress = new GeneratorProgress(requireNonNull(progress, "progress"));
    this.definition = requireNonNull(definition, "definition");
    this.device = requireNonNull(device, "device");
    this.detectors = requireNonNull(detectors, "detectors");
    this.generators = requireNonNull(generators, "generators");
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  public Learned learn(HeldOutSplit rows, long seed, @Nullable ModelArtifact champion) {
    long start = System.nanoTime();
    List<Sample> training = rows.training();
    Encoder encoder = Encoder.fit(definition, training.stream().map(Sample::observation).toList());
    Lineage lineage = Lineage.of(definition, champion);
    DetectionModel detection =
        detectors.train(encoder, training, seed, lineage.networks(definition.training()), device);
    double detectorSeconds = secondsSince(start);
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("trainingRows", (double) training.size());
    metrics.put("detectorSeconds", detectorSeconds);
    metrics.put("trainSeconds", detectorSeconds);
    return new LearnedEnsemble(
        detection,
        metrics,
        lineage.notes(detection, definition.training()),
        rows,
        seed,
        null,
        new TreeMap<>(),
        List.of());
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private @Nullable GeneratorModel learnGenerator(
      HeldOutSplit rows, long seed, @Nullable GeneratorModel before) {
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
      LOG.atInfo()
          .addKeyValue("rows", sizes)
          .addKeyValue("fewest", FEWEST_ROWS_OF_A_CLASS)
          .log("no generator: no class of anomalies has rows enough");
      return null;
    }
    try {
      GeneratorModel model =
          generators.train(
              definition,
              withClass(rows.training(), large),
              withClass(rows.heldOut(), large),
              seed,
              device,
              progress);
      SortedMap<String, List<String>> lost = lost(model, before);
      lost.forEach(
          (name, reasons) ->
              LOG.atWarn()
                  .addKeyValue("class", name)
                  .addKeyValue("reasons", reasons)
                  .log("the gate refuses the new generator a class; the one before stays"));
      listener.generator(
          lost.isEmpty() ? GeneratorListener.Outcome.TRAINED : GeneratorListener.Outcome.REFUSED);
      return lost.isEmpty() ? model : null;
    } catch (RuntimeException e) { // whatever it is, the detector is whole without it
      LOG.atWarn().setCause(e).log("could not train the generator; the one before stays");
      listener.generator(GeneratorListener.Outcome.FAILED);
      return null;
    }
  }

  /**
   * Returns the classes that a generator may not publish and the one before may, with the reasons.
   * A class that has too few rows by now is not among them: of it there is nothing to refuse.
   */
  private static SortedMap<String, List<String>> lost(
      GeneratorModel model, @Nullable GeneratorModel before) {
    SortedMap<String, List<String>> lost = new TreeMap<>(model.gate().refusals());
    lost.keySet().removeIf(name -> before == null || !before.gate().allows(name));
    return lost;
  }

  private static List<String> notes(GeneratorModel model) {
    List<String> notes = new ArrayList<>();
    model
        .gate()
        .refusals()
        .forEach(
            (name, reasons) ->
                notes.add(
                    "generator may not publish %s: %s"
                        .formatted(name, String.join("; ", reasons))));
    model.gate().incidents().forEach(incident -> notes.add("generator: " + incident));
    return notes;
  }

  private static SortedMap<String, Double> metrics(GeneratorModel model) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    GateReport gate = model.gate();
    metrics.put("generator.columnShapes", gate.columnShapes());
    metrics.put("generator.incidents", (double) gate.incidents().size());
    for (GateReport.Candidate candidate : gate.candidates()) {
      String name = "generator." + candidate.recipe().name().toLowerCase(Locale.ROOT);
      metrics.put(name + ".score", candidate.score());
      metrics.put(name + ".seconds", candidate.trainSeconds());
    }
    QualityReport quality = gate.quality();
    if (quality != null) {
      metrics.put("generator.pairTrends", quality.fidelity().pairTrends());
      metrics.put("generator.discriminativeAuc", quality.fidelity().discriminativeAuc());
      metrics.put("generator.membershipAuc", quality.privacy().membershipAuc());
      metrics.put("generator.frechetDistance", quality.frechetDistance());
      if (quality.utility() != null) {
        metrics.put("generator.aucRatio", quality.utility().boosting().aucRatio());
      }
    }
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
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

  private final class LearnedEnsemble implements Learned {
    private final DetectionModel detection;
    private final SortedMap<String, Double> metrics;
    private final List<String> notes;
    private final HeldOutSplit rows;
    private final long seed;
    private final @Nullable GeneratorModel generator;
    private final SortedMap<String, Double> generatorMetrics;
    private final List<String> generatorNotes;

    LearnedEnsemble(
        DetectionModel detection,
        SortedMap<String, Double> metrics,
        List<String> notes,
        HeldOutSplit rows,
        long seed,
        @Nullable GeneratorModel generator,
        SortedMap<String, Double> generatorMetrics,
        List<String> generatorNotes) {
      this.detection = detection;
      this.metrics = metrics;
      this.notes = notes;
      this.rows = rows;
      this.seed = seed;
      this.generator = generator;
      this.generatorMetrics = generatorMetrics;
      this.generatorNotes = generatorNotes;
    }

    /** Returns the same detector with this generator, whatever it had before. */
    private LearnedEnsemble with(
        GeneratorModel other, SortedMap<String, Double> figures, List<String> said) {
      return new LearnedEnsemble(detection, metrics, notes, rows, seed, other, figures, said);
    }

    @Override
    public SortedMap<String, Double> metrics() {
      SortedMap<String, Double> all = new TreeMap<>(metrics);
      all.putAll(generatorMetrics);
      return all;
    }

    @Override
    public List<String> notes() {
      List<String> all = new ArrayList<>(notes);
      all.addAll(generatorNotes);
      return all;
    }

    @Override
    public Learned keepingGeneratorOf(ModelArtifact earlier) {
      try {
        GeneratorModel kept = TrainedModel.fromArtifact(definition, earlier).generator();
        return kept == null
            ? this
            : with(
                kept,
                new TreeMap<>(),
                List.of("generator of %s kept".formatted(earlier.manifest().version())));
      } catch (ModelLoadException e) {
        LOG.atWarn().setCause(e).log("could not keep the generator of the model before");
        return this;
      }
    }

    @Override
    public Optional<Learned> withGenerator() {
      GeneratorModel learned = learnGenerator(rows, seed, generator);
      return learned == null
          ? Optional.empty()
          : Optional.of(
              with(learned, EnsembleLearner.metrics(learned), EnsembleLearner.notes(learned)));
    }

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
      return generator == null
          ? List.of()
          : generator.classes().stream().filter(generator.gate()::allows).toList();
    }

    @Override
    public ModelArtifact artifact(Manifest manifest) {
      return TrainedModel.toArtifact(manifest, detection, generator);
    }
  }
}

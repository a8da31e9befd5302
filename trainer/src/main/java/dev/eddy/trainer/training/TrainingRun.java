package dev.eddy.trainer.training;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.registry.DefinitionDigest;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.trainer.collection.TrainingSnapshot;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.gate.GateVerdict;
import dev.eddy.trainer.gate.PromotionGate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training from snapshot to promotion: split, learn, meet the champion, publish, and promote
 * unless the gate refuses. A refused version is published too: people may look at it, and promote
 * it.
 */
public final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final Pattern NUMBERED = Pattern.compile("v(\\d{1,9})");
  private static final String WHO = "trainer";

  private final StreamDefinition definition;
  private final Learner learner;
  private final PromotionGate gate;
  private final ModelRegistry registry;
  private final Clock clock;
  private final String codeVersion;

  /** Makes a run; it keeps no state between trainings. */
  public TrainingRun(
      StreamDefinition definition,
      Learner learner,
      PromotionGate gate,
      ModelRegistry registry,
      Clock clock,
      String codeVersion) {
    this.definition = requireNonNull(definition, "definition");
    this.learner = requireNonNull(learner, "learner");
    this.gate = requireNonNull(gate, "gate");
    this.registry = requireNonNull(registry, "registry");
    this.clock = requireNonNull(clock, "clock");
    this.codeVersion = requireNonNull(codeVersion, "codeVersion");
  }

  /**
   * Trains.
   *
   * @param trigger why, for people
   * @param cancelled asked before anything is published
   * @return empty when it was cancelled
   * @throws IllegalArgumentException if the rows are too few or all equal
   */
  public Optional<TrainingOutcome> train(
      TrainingSnapshot snapshot, String trigger, BooleanSupplier cancelled) {
    HeldOutSplit rows = HeldOutSplit.of(snapshot.samples());
    ModelVersion version = nextVersion();
    long seed = definition.training().seed() + numberOf(version);
    Learner.Learned learned = learner.learn(rows, seed);
    ModelVersion champion = registry.champion().orElse(null);
    List<String> notes = new ArrayList<>();
    AnomalyScores championScores = champion == null ? null : open(champion, notes);
    GateVerdict verdict = gate.judge(learned.scores(), championScores, rows.heldOut());
    if (cancelled.getAsBoolean()) {
      return Optional.empty();
    }
    notes.add(verdict.reason());
    notes.addAll(learned.notes());
    SortedMap<String, Double> metrics = new TreeMap<>(learned.metrics());
    metrics.putAll(verdict.metrics());
    metrics.put("heldOutRows", (double) rows.heldOut().size());
    Manifest manifest =
        new Manifest(
            version,
            definition.name(),
            "ensemble",
            clock.millis(),
            champion,
            DefinitionDigest.of(definition),
            "",
            metrics,
            snapshot.trainedOn(),
            notes,
            learned.classes(),
            seed,
            codeVersion,
            new TreeMap<>());
    publish(learned.artifact(manifest), verdict);
    return Optional.of(new TrainingOutcome(version, verdict));
  }

  private void publish(ModelArtifact artifact, GateVerdict verdict) {
    ModelVersion version = artifact.manifest().version();
    registry.publish(artifact);
    if (verdict.promote()) {
      registry.promote(version, verdict.reason(), WHO);
    }
    LOG.atInfo()
        .addKeyValue("version", version)
        .addKeyValue("promoted", verdict.promote())
        .addKeyValue("reason", verdict.reason())
        .log("trained model");
  }

  private @Nullable AnomalyScores open(ModelVersion champion, List<String> notes) {
    try {
      return learner.open(registry.load(champion));
    } catch (ModelLoadException e) {
      LOG.atWarn()
          .addKeyValue("champion", champion)
          .addKeyValue("reason", e.getMessage())
          .log("could not open the champion to compare with");
      notes.add("champion could not be opened to compare with: " + e.getMessage());
      return null;
    }
  }

  private ModelVersion nextVersion() {
    int last =
        registry.versions().stream()
            .mapToInt(manifest -> numberOf(manifest.version()))
            .max()
            .orElse(0);
    return ModelVersion.of(last + 1);
  }

  private static int numberOf(ModelVersion version) {
    var matcher = NUMBERED.matcher(version.value());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}

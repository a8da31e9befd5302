package dev.eddy.trainer.training;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Gate.Promotion;
import dev.eddy.drift.DriftReference;
import dev.eddy.feature.Observation;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelCheck;
import dev.eddy.schema.ModelVerdict;
import dev.eddy.trainer.collection.TrainingSnapshot;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.gate.GateVerdict;
import dev.eddy.trainer.gate.PromotionGate;
import dev.eddy.trainer.guard.PoisonGuard;
import dev.eddy.trainer.guard.Screened;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training from snapshot to promotion: screen, split, learn, meet the champion, publish, and
 * promote unless the gate refuses. A refused version is published too, unless it is no model at
 * all: people may look at it, and promote it. What the gate said is a record in any case.
 */
public final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final Pattern NUMBERED = Pattern.compile("v(\\d{1,9})");

  private final StreamDefinition definition;
  private final Learner learner;
  private final PoisonGuard guard;
  private final PromotionGate gate;
  private final LearningCurves curves;
  private final ModelRegistry registry;
  private final Clock clock;
  private final String codeVersion;

  /** What happens while a training runs, asked when it is over. */
  public interface Meanwhile {

    /** Returns whether nothing is to be published. */
    boolean isCancelled();

    /** Returns the newest records that are not labelled anomalous themselves; none: not known. */
    default List<Observation> newest() {
      return List.of();
    }
  }

  /**
   * Makes a run; it keeps no state between trainings.
   *
   * @param curves hears how the learner gets on
   */
  public TrainingRun(
      StreamDefinition definition,
      Learner learner,
      PromotionGate gate,
      LearningCurves curves,
      ModelRegistry registry,
      Clock clock,
      String codeVersion) {
    this.definition = requireNonNull(definition, "definition");
    this.learner = requireNonNull(learner, "learner");
    this.guard = new PoisonGuard(definition);
    this.gate = requireNonNull(gate, "gate");
    this.curves = requireNonNull(curves, "curves");
    this.registry = requireNonNull(registry, "registry");
    this.clock = requireNonNull(clock, "clock");
    this.codeVersion = requireNonNull(codeVersion, "codeVersion");
  }

  /**
   * Trains.
   *
   * @param trigger why, for people
   * @param meanwhile asked before anything is judged or published
   * @return empty when it was cancelled
   * @throws IllegalArgumentException if the rows are too few or all equal
   * @throws RuntimeException if the champion cannot be read now: without it there is neither guard
   *     nor gate
   */
  public Optional<TrainingOutcome> train(
      TrainingSnapshot snapshot, String trigger, Meanwhile meanwhile) {
    while (true) {
      var opponent = Opponent.find(registry, learner, definition.featureDigest());
      Candidate candidate = candidate(snapshot, opponent, meanwhile);
      if (meanwhile.isCancelled()) {
        return Optional.empty();
      }
      if (opponent.isOfNow(registry)) {
        return Optional.of(publish(candidate, opponent, trigger, meanwhile));
      }
      LOG.atWarn()
          .addKeyValue("version", opponent.serving())
          .log("another version was promoted in the meantime: training again, against that one");
    }
  }

  /**
   * A candidate as it will be published.
   *
   * @param beside what its versions carry beside the model
   */
  private record Candidate(
      Learner.Learned learned,
      ModelArtifact artifact,
      Map<String, byte[]> beside,
      GateVerdict verdict,
      Screened screened) {}

  private Candidate candidate(TrainingSnapshot snapshot, Opponent opponent, Meanwhile meanwhile) {
    Screened screened = guard.screen(snapshot.samples(), opponent.scores(), snapshot.evidence());
    HeldOutSplit rows = HeldOutSplit.of(screened.samples());
    long seed = definition.training().seed() + numberOf(nextVersion());
    curves.begin();
    Learner.Learned learned = learner.learn(rows, seed, opponent.artifact());
    double disturbance =
        guard.disturbance(opponent.scores(), meanwhile.newest(), snapshot.stream());
    GateVerdict judged =
        gate.judge(
            learned.scores(), learned.defects(), opponent.scores(), rows.heldOut(), disturbance);
    ModelVersion version = nextVersion(); // somebody may have published while this one trained
    GateVerdict verdict = comparedOrNot(judged, opponent.missing(), version);
    Learner.Learned first =
        opponent.artifact() == null ? learned : learned.keepingGeneratorOf(opponent.artifact());
    List<String> notes = new ArrayList<>(opponent.notes());
    notes.add(verdict.reason());
    notes.addAll(first.notes());
    SortedMap<String, Double> metrics = new TreeMap<>(first.metrics());
    metrics.putAll(verdict.metrics());
    metrics.putAll(screened.figures());
    metrics.put("guard.disturbance", disturbance);
    metrics.put("heldOutRows", (double) rows.heldOut().size());
    Manifest manifest =
        new Manifest(
            version,
            definition.name(),
            "ensemble",
            clock.millis(),
            opponent.version(),
            definition.featureDigest(),
            "",
            metrics,
            snapshot.trainedOn(),
            notes,
            first.classes(),
            seed,
            codeVersion,
            new TreeMap<>());
    Map<String, byte[]> beside =
        verdict.healthy() ? beside(snapshot.stream(), first.scores()) : Map.of();
    return new Candidate(first, with(first.artifact(manifest), beside), beside, verdict, screened);
  }

  private TrainingOutcome publish(
      Candidate candidate, Opponent opponent, String trigger, Meanwhile meanwhile) {
    GateVerdict verdict = candidate.verdict();
    Manifest manifest = candidate.artifact().manifest();
    Promotion promotion =
        opponent.missing() == null ? definition.training().gate().promotion() : Promotion.APPROVAL;
    publish(candidate.artifact(), verdict, promotion, trigger);
    ModelVersion last = manifest.version();
    if (verdict.promote() && !meanwhile.isCancelled()) {
      Optional<Learner.Learned> whole = candidate.learned().withGenerator();
      if (whole.isPresent() && !meanwhile.isCancelled()) {
        last = publishWithGenerator(manifest, whole.get(), candidate.beside(), trigger);
      }
    }
    return new TrainingOutcome(last, verdict, candidate.screened());
  }

  private static GateVerdict comparedOrNot(
      GateVerdict verdict, @Nullable String missing, ModelVersion version) {
    return missing == null
        ? verdict
        : verdict.uncompared(
            missing,
            "look at %s, and let it serve with eddy models promote %s".formatted(version, version));
  }

  /**
   * Publishes the same detector again with its generator, which took its time: the detector was not
   * to wait for it. It takes the detector's place, as champion or as the one that waits, unless
   * another one has taken it in the meantime.
   */
  private ModelVersion publishWithGenerator(
      Manifest detector, Learner.Learned whole, Map<String, byte[]> beside, String trigger) {
    ModelVersion version = nextVersion();
    SortedMap<String, Double> metrics = new TreeMap<>(detector.metrics());
    metrics.putAll(whole.metrics());
    List<String> notes = new ArrayList<>();
    notes.add("the detector of %s, with a generator".formatted(detector.version()));
    notes.addAll(whole.notes());
    Manifest manifest =
        new Manifest(
            version,
            detector.stream(),
            detector.family(),
            clock.millis(),
            detector.version(),
            detector.definitionDigest(),
            "",
            metrics,
            detector.trainedOn(),
            notes,
            whole.classes(),
            detector.seed(),
            codeVersion,
            new TreeMap<>());
    boolean serves = registry.champion().filter(detector.version()::equals).isPresent();
    boolean waits = registry.waiting().filter(detector.version()::equals).isPresent();
    Map<String, byte[]> besideBoth = new HashMap<>(beside);
    besideBoth.put(LearningCurves.FILE, curves.toJson());
    publish(
        with(whole.artifact(manifest), besideBoth),
        new GateVerdict(serves || waits, true, notes.get(0), List.of(), new TreeMap<>()),
        serves ? definition.training().gate().promotion() : Promotion.APPROVAL,
        trigger);
    return version;
  }

  /** What a version carries beside its model: its learning curves, and what drift is told from. */
  private Map<String, byte[]> beside(List<Observation> stream, AnomalyScores scores) {
    return Map.of(
        LearningCurves.FILE,
        curves.toJson(),
        DriftReference.FILE,
        reference(stream, scores).toJson());
  }

  private static ModelArtifact with(ModelArtifact artifact, Map<String, byte[]> beside) {
    Map<String, byte[]> parts = new HashMap<>(artifact.parts());
    parts.putAll(beside);
    return ModelArtifact.of(artifact.manifest(), parts);
  }

  /** Scores rows that were held out: those that a model was trained on look more ordinary. */
  private DriftReference reference(List<Observation> stream, AnomalyScores scores) {
    List<Observation> heldOut = stream.stream().filter(HeldOutSplit::isHeldOut).toList();
    return DriftReference.of(
        definition, stream, heldOut.isEmpty() ? new double[0] : scores.score(heldOut));
  }

  /** Artifact, verdict and promotion in one step; of an unhealthy candidate the verdict alone. */
  private void publish(
      ModelArtifact artifact, GateVerdict verdict, Promotion promotion, String trigger) {
    Manifest manifest = artifact.manifest();
    ModelVerdict said = record(manifest, verdict, trigger);
    if (verdict.healthy()) {
      registry.publish(artifact, said, promotion);
    } else {
      registry.judged(said);
    }
    LOG.atInfo()
        .addKeyValue("version", manifest.version())
        .addKeyValue("promoted", verdict.promote())
        .addKeyValue("reason", verdict.reason())
        .log("trained model");
  }

  private ModelVerdict record(Manifest manifest, GateVerdict verdict, String trigger) {
    ModelVersion champion = manifest.parent();
    return new ModelVerdict(
        manifest.version().value(),
        champion == null ? null : champion.value(),
        verdict.promote(),
        verdict.healthy(),
        verdict.reason(),
        trigger,
        verdict.checks().stream()
            .map(check -> new ModelCheck(check.name(), check.passed(), check.detail()))
            .toList(),
        new TreeMap<>(manifest.metrics()),
        clock.millis());
  }

  private ModelVersion nextVersion() {
    int published =
        registry.versions().stream()
            .mapToInt(manifest -> numberOf(manifest.version()))
            .max()
            .orElse(0);
    int judged = // more than those: an unhealthy candidate has its number, too
        registry.verdicts().stream()
            .mapToInt(verdict -> numberOf(new ModelVersion(verdict.getVersion())))
            .max()
            .orElse(0);
    return ModelVersion.of(Math.max(published, judged) + 1);
  }

  private static int numberOf(ModelVersion version) {
    var matcher = NUMBERED.matcher(version.value());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}

package dev.eddy.trainer.training;

import static dev.eddy.trainer.TrainerFixture.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.registry.InMemoryModelRegistry;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelVerdict;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.collection.TrainingSnapshot;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.gate.PromotionGate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingRunTest {
  private static final ModelVersion V1 = ModelVersion.of(1);
  private static final ModelVersion V2 = ModelVersion.of(2);
  private static final StreamDefinition DEFINITION =
      TrainerFixture.definition(TrainerFixture.TRAINING);
  private static final StreamDefinition UNGUARDED =
      TrainerFixture.definition(
          new Training(
              Duration.ofHours(1),
              Duration.ofDays(7),
              100,
              10,
              1_000,
              7,
              true,
              Limits.DEFAULT,
              new Guard(0, Duration.ofHours(1), Duration.ofDays(1), Guard.NewNormal.ACCEPT),
              Drift.DEFAULT,
              Gate.DEFAULT));
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(9_000), ZoneOffset.UTC);

  private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
  private final LearningCurves curves = new LearningCurves();
  private final FakeLearner learner = new FakeLearner();
  private final TrainingRun run =
      new TrainingRun(
          DEFINITION, learner, new PromotionGate(DEFINITION, 7), curves, registry, CLOCK, "0.1.0");

  @Test
  void publishesAndPromotesTheFirstModel() {
    TrainingOutcome outcome = run.train(snapshot(), "1h", () -> false).orElseThrow();

    assertThat(outcome.version()).isEqualTo(V1);
    assertThat(registry.champion()).contains(V1);
    Manifest manifest = registry.load(V1).manifest();
    assertThat(manifest.stream()).isEqualTo("network");
    assertThat(manifest.createdAt()).isEqualTo(9_000);
    assertThat(manifest.parent()).isNull();
    assertThat(manifest.seed()).isEqualTo(8); // the definition's 7 and the version's 1
    assertThat(manifest.metrics()).containsKeys("auprc", "trainingRows", "heldOutRows");
    assertThat(manifest.trainedOn()).containsEntry("connections-0", "offsets 0 to 999");
    assertThat(manifest.notes()).anyMatch(note -> note.startsWith("promoted: not worse"));
  }

  @Test
  void publishesAWorseCandidateButDoesNotPromoteIt() {
    run.train(snapshot(), "1h", () -> false);
    learner.quality = 0.3;

    TrainingOutcome outcome = run.train(snapshot(), "1h", () -> false).orElseThrow();

    assertThat(outcome.verdict().promote()).isFalse();
    assertThat(registry.champion()).contains(V1);
    Manifest refused = registry.load(V2).manifest();
    assertThat(refused.parent()).isEqualTo(V1);
    assertThat(refused.notes()).anyMatch(note -> note.startsWith("refused: worse"));
    ModelVerdict verdict = registry.verdicts().get(1);
    assertThat(verdict.getVersion()).isEqualTo("v000002");
    assertThat(verdict.getChampion()).isEqualTo("v000001");
    assertThat(verdict.getPromoted()).isFalse();
    assertThat(verdict.getTrigger()).isEqualTo("1h");
    assertThat(verdict.getReason()).isEqualTo(outcome.verdict().reason());
  }

  @Test
  void publishesNoArtifactOfAnUnhealthyCandidateButItsVerdict() {
    run.train(snapshot(), "1h", () -> false);
    learner.defects = List.of("weights must be finite");

    run.train(snapshot(), "1h", () -> false);
    learner.defects = List.of();
    run.train(snapshot(), "1h", () -> false);

    assertThat(registry.versions())
        .extracting(Manifest::version)
        .containsExactly(V1, ModelVersion.of(3));
    assertThat(registry.verdicts())
        .extracting(ModelVerdict::getPublished)
        .containsExactly(true, false, true);
  }

  @Test
  void trainsOnNothingThatTheChampionFindsExtremeUnlessItIsLabelled() {
    run.train(snapshot(), "1h", () -> false);
    learner.trained.clear();

    TrainingOutcome outcome = run.train(poisoned(), "1h", () -> false).orElseThrow();

    assertThat(outcome.screened().extreme()).isEqualTo(100);
    assertThat(learner.trained)
        .isNotEmpty()
        .allMatch(row -> row.event().coordinates().offset() < 1_000);
    assertThat(registry.verdicts().get(1).getFigures()).containsEntry("guard.extreme", 100.0);
  }

  @Test
  void promotesNoCandidateThatIsAsGoodWhileTheNewestRecordsAreExtreme() {
    run.train(snapshot(), "1h", () -> false);
    List<Observation> flood =
        LongStream.range(1_000, 1_100)
            .mapToObj(offset -> sample(offset, 100, 0, Truth.UNKNOWN, null).observation())
            .toList();

    run.train(
        snapshot(),
        "1h",
        new TrainingRun.Meanwhile() {
          @Override
          public boolean isCancelled() {
            return false;
          }

          @Override
          public List<Observation> newest() {
            return flood;
          }
        });

    assertThat(registry.champion()).contains(V1);
    ModelVerdict verdict = registry.verdicts().get(1);
    assertThat(verdict.getReason()).contains("while the stream is disturbed");
    assertThat(verdict.getFigures())
        .containsEntry("guard.disturbance", 0.875); // one usual row in eight is an anomaly
  }

  @Test
  void promotesABetterCandidate() {
    learner.quality = 0.3;
    run.train(snapshot(), "1h", () -> false);
    learner.quality = 1;

    run.train(snapshot(), "1h", () -> false);

    assertThat(registry.champion()).contains(V2);
  }

  @Test
  void measuresBothOnRowsThatNeitherWasTrainedOn() {
    TrainingRun unguarded = // whose champion scores nothing but what is held out
        new TrainingRun(
            UNGUARDED, learner, new PromotionGate(UNGUARDED, 7), curves, registry, CLOCK, "0.1.0");
    unguarded.train(snapshot(), "1h", () -> false);
    unguarded.train(snapshot(), "1h", () -> false);

    assertThat(learner.scored).isNotEmpty().doesNotContainAnyElementsOf(learner.trained);
  }

  @Test
  void promotesTheFirstModelForOtherFeaturesThoughItCannotBeComparedWithTheChampion() {
    Manifest other = manifest(1, "digest of other features");
    registry.publish(learner.learn(HeldOutSplit.of(List.of()), 0, null).artifact(other));
    registry.promote(V1, "first", "test");
    learner.quality = 0.6;

    run.train(snapshot(), "1h", () -> false);

    assertThat(registry.champion()).contains(V2);
    assertThat(registry.load(V2).manifest().parent()).isNull();
  }

  @Test
  void failsWhereTheChampionCannotBeReadNowRatherThanPromoteUnseen() {
    run.train(snapshot(), "1h", () -> false);
    registry.failToLoad(V1, new ModelUnavailableException("network.models must be readable"));
    learner.quality = 0.6;

    assertThatThrownBy(() -> run.train(snapshot(), "again", () -> false))
        .isInstanceOf(ModelUnavailableException.class);

    assertThat(registry.versions()).extracting(Manifest::version).containsExactly(V1);
    assertThat(registry.verdicts()).hasSize(1);
  }

  @Test
  void trainsAgainAgainstTheVersionThatWasPromotedInTheMeantime() {
    learner.quality = 1;
    run.train(snapshot(), "1h", () -> false);
    learner.quality = 0;
    run.train(snapshot(), "1h", () -> false);
    registry.promote(V2, "by mistake", "test");
    learner.quality = 0.6; // better than the one, worse than the other
    learner.whileLearning = () -> registry.promote(V1, "rolled back", "test");

    TrainingOutcome outcome = run.train(poisoned(), "1h", () -> false).orElseThrow();

    assertThat(outcome.verdict().reason()).startsWith("refused: worse");
    assertThat(outcome.screened().extreme()).as("by the one that serves").isEqualTo(100);
    assertThat(registry.champion()).contains(V1);
    assertThat(registry.load(ModelVersion.of(3)).manifest().parent()).isEqualTo(V1);
    assertThat(registry.verdicts())
        .last()
        .extracting(ModelVerdict::getChampion)
        .isEqualTo(V1.value());
  }

  @Test
  void comparesWithTheVersionBeforeAChampionThatCannotBeOpened() {
    learner.quality = 0.9;
    run.train(snapshot(), "1h", () -> false);
    learner.quality = 1;
    run.train(snapshot(), "1h", () -> false);
    registry.failToLoad(V2, new ModelLoadException("the sha256 of vae.safetensors differs"));
    learner.quality = 0.3;

    TrainingOutcome outcome = run.train(snapshot(), "1h", () -> false).orElseThrow();

    assertThat(outcome.verdict().reason()).startsWith("refused: worse");
    assertThat(registry.champion()).contains(V2);
    Manifest third = registry.load(ModelVersion.of(3)).manifest();
    assertThat(third.parent()).isEqualTo(V1);
    assertThat(third.notes())
        .contains("compared with v000001, for the sha256 of vae.safetensors differs");
  }

  @Test
  void guardsByTheVersionBeforeAChampionThatCannotBeOpened() {
    run.train(snapshot(), "1h", () -> false);
    run.train(snapshot(), "1h", () -> false);
    learner.unopened.add(V2);

    TrainingOutcome outcome = run.train(poisoned(), "1h", () -> false).orElseThrow();

    assertThat(outcome.screened().extreme()).isEqualTo(100);
    assertThat(registry.champion()).contains(ModelVersion.of(3));
  }

  @Test
  void letsACandidateWaitForAPersonWhereNoChampionCanBeOpenedToCompareWith() {
    run.train(snapshot(), "1h", () -> false);
    learner.unopened.add(V1);
    learner.quality = 0.6;

    TrainingOutcome outcome = run.train(snapshot(), "1h", () -> false).orElseThrow();

    assertThat(registry.champion()).contains(V1);
    assertThat(registry.waiting()).contains(V2);
    assertThat(outcome.verdict().reason())
        .startsWith(
            "waits for a person, for nothing could be compared with: v000001 must have readable"
                + " parts; look at v000002, and let it serve with eddy models promote v000002;");
    assertThat(outcome.verdict().checks())
        .filteredOn(check -> check.name().equals("quality"))
        .singleElement()
        .matches(check -> !check.passed());
    assertThat(registry.verdicts().get(1).getReason()).isEqualTo(outcome.verdict().reason());
  }

  @Test
  void refusesAnUnfitCandidateWhereNoChampionCanBeOpenedToCompareWith() {
    run.train(snapshot(), "1h", () -> false);
    learner.unopened.add(V1);
    learner.quality = 0;

    run.train(snapshot(), "1h", () -> false);

    assertThat(registry.champion()).contains(V1);
    assertThat(registry.waiting()).isEmpty();
  }

  @Test
  void promotesTheDetectorAgainWithItsGenerator() {
    learner.generates = true;

    TrainingOutcome outcome = run.train(snapshot(), "1h", () -> false).orElseThrow();

    assertThat(outcome.version()).isEqualTo(V2);
    assertThat(registry.champion()).contains(V2);
    assertThat(registry.load(V2).manifest().parent()).isEqualTo(V1);
    assertThat(registry.load(V2).parts()).containsKey("generator.json");
  }

  @Test
  void letsTheDetectorWithItsGeneratorWaitInPlaceOfTheDetector() {
    learner.generates = true;
    TrainingRun approved = approved();

    approved.train(snapshot(), "1h", () -> false);

    assertThat(registry.champion()).isEmpty();
    assertThat(registry.waiting()).contains(V2);
    assertThat(registry.verdicts()).extracting(ModelVerdict::getPromoted).containsOnly(true);
  }

  @Test
  void letsTheDetectorWithItsGeneratorWaitWhereAPersonPromotedTheDetectorMeanwhile() {
    learner.generates = true;
    learner.whileGenerating = () -> registry.promote(V1, "looked at", "ann");
    TrainingRun approved = approved();

    approved.train(snapshot(), "1h", () -> false);

    assertThat(registry.champion()).contains(V1);
    assertThat(registry.waiting()).contains(V2);
  }

  @Test
  void neitherPromotesNorLetsWaitTheDetectorWithItsGeneratorWhereAnotherVersionServesMeanwhile() {
    run.train(snapshot(), "1h", () -> false);
    learner.generates = true;
    learner.whileGenerating = () -> registry.promote(V1, "rolled back", "ann");

    run.train(snapshot(), "1h", () -> false);

    assertThat(registry.champion()).contains(V1);
    assertThat(registry.waiting()).isEmpty();
    assertThat(registry.versions()).hasSize(3);
  }

  @Test
  void keepsTheGeneratorsLearningCurveWithTheVersionThatHasIt() {
    learner.generates = true;
    learner.whileGenerating = () -> curves.progress("generator.vae", 20, 40, 1.5);

    run.train(snapshot(), "1h", () -> false);

    assertThat(curvesOf(V1)).doesNotContain("generator.vae");
    assertThat(curvesOf(V2)).contains("generator.vae", "1.5");
  }

  private String curvesOf(ModelVersion version) {
    return new String(
        Objects.requireNonNull(registry.load(version).parts().get(LearningCurves.FILE)), UTF_8);
  }

  private TrainingRun approved() {
    StreamDefinition definition =
        TrainerFixture.definition(
            new Training(
                Duration.ofHours(1),
                Duration.ofDays(7),
                100,
                10,
                1_000,
                7,
                true,
                Limits.DEFAULT,
                Guard.DEFAULT,
                Drift.DEFAULT,
                new Gate(0, Gate.Promotion.APPROVAL)));
    return new TrainingRun(
        definition, learner, new PromotionGate(definition, 7), curves, registry, CLOCK, "0.1.0");
  }

  @Test
  void publishesNothingWhenItIsCancelled() {
    assertThat(run.train(snapshot(), "1h", () -> true)).isEmpty();
    assertThat(registry.versions()).isEmpty();
  }

  @Test
  void publishesNothingWhenLearningFails() {
    learner.fails = true;

    assertThatThrownBy(() -> run.train(snapshot(), "1h", () -> false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(registry.versions()).isEmpty();
  }

  @Test
  void continuesTheNumbersOfTheRegistry() {
    registry.publish(learner.learn(HeldOutSplit.of(List.of()), 0, null).artifact(manifest(41, "")));

    assertThat(run.train(snapshot(), "1h", () -> false))
        .get()
        .extracting(TrainingOutcome::version)
        .isEqualTo(ModelVersion.of(42));
  }

  private static Manifest manifest(int number, String definitionDigest) {
    return new Manifest(
        ModelVersion.of(number),
        "network",
        "ensemble",
        0,
        null,
        definitionDigest,
        "",
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(),
        List.of(),
        0,
        "0",
        new TreeMap<>());
  }

  private static TrainingSnapshot poisoned() {
    List<Sample> poisoned = new ArrayList<>(snapshot().samples());
    for (long offset = 1_000; offset < 1_100; offset++) {
      poisoned.add(sample(offset, 100, 0, Truth.UNKNOWN, null));
    }
    return new TrainingSnapshot(poisoned, new TreeMap<>());
  }

  private static TrainingSnapshot snapshot() {
    List<Sample> samples = new ArrayList<>();
    for (long offset = 0; offset < 1_000; offset++) {
      boolean attack = offset % 8 == 0;
      samples.add(
          sample(offset, attack ? 100 : 1, 0, attack ? Truth.ANOMALOUS : Truth.UNKNOWN, null));
    }
    return new TrainingSnapshot(
        samples, new TreeMap<>(Map.of("connections-0", "offsets 0 to 999")));
  }

  /** Learns a detector that sees this share of the anomalies. */
  private static final class FakeLearner implements Learner {
    private final List<Observation> trained = new ArrayList<>();
    private final List<Observation> scored = new ArrayList<>();
    private double quality = 1;
    private final Set<ModelVersion> unopened = new HashSet<>();
    private boolean fails;
    private boolean generates;
    private Runnable whileGenerating = () -> {};
    private Runnable whileLearning = () -> {};
    private List<String> defects = List.of();

    @Override
    public Learned learn(HeldOutSplit rows, long seed, @Nullable ModelArtifact champion) {
      if (fails) {
        throw new IllegalArgumentException("samples must differ");
      }
      whileLearning.run();
      rows.training().forEach(row -> trained.add(row.observation()));
      byte[] model = {(byte) (100 * quality)};
      return learned(rows, Map.of("model.bin", model));
    }

    private Learned learned(HeldOutSplit rows, Map<String, byte[]> parts) {
      return new Learned() {
        @Override
        public Optional<Learned> withGenerator() {
          if (!generates) {
            return Optional.empty();
          }
          whileGenerating.run();
          Map<String, byte[]> whole = new HashMap<>(parts);
          whole.put("generator.json", new byte[] {1});
          return Optional.of(learned(rows, whole));
        }

        @Override
        public AnomalyScores scores() {
          return scoresOf(parts.getOrDefault("model.bin", new byte[1])[0]);
        }

        @Override
        public List<String> classes() {
          return List.of();
        }

        @Override
        public SortedMap<String, Double> metrics() {
          return new TreeMap<>(Map.of("trainingRows", (double) rows.training().size()));
        }

        @Override
        public List<String> defects() {
          return defects;
        }

        @Override
        public List<String> notes() {
          return List.of("no generator");
        }

        @Override
        public ModelArtifact artifact(Manifest manifest) {
          return ModelArtifact.of(manifest, parts);
        }
      };
    }

    @Override
    public AnomalyScores open(ModelArtifact artifact) {
      if (unopened.contains(artifact.manifest().version())) {
        throw new ModelLoadException(artifact.manifest().version() + " must have readable parts");
      }
      return scoresOf(artifact.parts().getOrDefault("model.bin", new byte[1])[0]);
    }

    private AnomalyScores scoresOf(int percent) {
      return observations -> {
        scored.addAll(observations);
        return observations.stream()
            .mapToDouble(
                o -> {
                  boolean seen = o.event().coordinates().offset() * 37 % 100 < percent;
                  return seen ? o.event().number(0) : 1 + 1e-3 * (o.event().timestampMillis() % 7);
                })
            .toArray();
      };
    }
  }
}

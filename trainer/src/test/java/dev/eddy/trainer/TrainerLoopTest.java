package dev.eddy.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.registry.InMemoryModelRegistry;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelVersion;
import dev.eddy.trainer.feed.MemoryFeeds;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.gate.PromotionGate;
import dev.eddy.trainer.training.HeldOutSplit;
import dev.eddy.trainer.training.Learner;
import dev.eddy.trainer.training.LearningCurves;
import dev.eddy.trainer.training.TrainingRun;
import dev.eddy.trainer.training.TrainingSchedule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainerLoopTest {
  private static final StreamDefinition DEFINITION =
      TrainerFixture.definition(
          new Training(
              Duration.ofHours(1),
              Duration.ofDays(7),
              100,
              10,
              1_000,
              7,
              true,
              new Limits(Duration.ZERO, 100, Duration.ofDays(1), 1),
              Guard.DEFAULT,
              Drift.DEFAULT,
              Gate.DEFAULT));

  private final Clock clock = Clock.systemUTC();
  private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
  private final AtomicBoolean elected = new AtomicBoolean(true);
  private final AtomicInteger trainings = new AtomicInteger();
  private Runnable whileLearning = () -> {};
  private @Nullable TrainerLoop loop;
  private @Nullable Thread thread;

  @AfterEach
  void close() throws InterruptedException {
    if (loop != null && thread != null) {
      loop.close();
      thread.join(10_000);
    }
  }

  @Test
  void trainsWhenItHasReadTheWindowThoughTheLastTrainingWasLongAgo() {
    champion(Duration.ofHours(2));

    TrainerLoop following = follow(10_000, 200);

    await().until(() -> registry.verdicts().size() == 1);
    assertThat(registry.load(ModelVersion.of(2)).manifest().trainedOn().get("connections-0"))
        .endsWith(" to 9999");
    assertThat(following.status().recordsSeen()).isEqualTo(10_000);
  }

  @Test
  void trainsAgainSoonAfterATrainingThatWasCancelled() {
    champion(Duration.ofHours(2));
    whileLearning = () -> elected.set(trainings.get() > 1);

    follow(1_000, 1_000);
    await().until(() -> trainings.get() == 1 && !elected.get());
    await().during(Duration.ofMillis(300)).until(() -> trainings.get() == 1);
    elected.set(true);

    await().until(() -> registry.verdicts().size() == 1);
    assertThat(trainings).hasValue(2);
  }

  private void champion(Duration age) {
    Manifest manifest =
        new Manifest(
            ModelVersion.of(1),
            "network",
            "ensemble",
            clock.millis() - age.toMillis(),
            null,
            DEFINITION.featureDigest(),
            "",
            new TreeMap<>(),
            new TreeMap<>(),
            List.of(),
            List.of(),
            0,
            "0",
            new TreeMap<>());
    registry.publish(ModelArtifact.of(manifest, Map.of()));
    registry.promote(manifest.version(), "the first", "test");
  }

  private TrainerLoop follow(int records, int recordsAPoll) {
    Learner learner = new CountingLearner();
    var metrics = new TrainerMetrics(new SimpleMeterRegistry());
    var champion = new ChampionWatch(DEFINITION, registry);
    var curves = new LearningCurves();
    var made =
        new TrainerLoop(
            MemoryFeeds.feed(DEFINITION, records, recordsAPoll),
            new TrainingRun(
                DEFINITION,
                learner,
                new PromotionGate(DEFINITION, 7),
                curves,
                registry,
                clock,
                "0.1.0"),
            new TrainingSchedule(
                DEFINITION.training(), clock, champion.trainings(), champion.trainedAt()),
            new NewLabels(),
            champion,
            new DriftWatch(DEFINITION, registry, learner, champion, metrics, elected::get, clock),
            curves,
            metrics,
            System::nanoTime,
            elected::get,
            outcome -> {});
    loop = made;
    thread = new Thread(made::follow);
    thread.start();
    return made;
  }

  /** Learns nothing. */
  private final class CountingLearner implements Learner {
    @Override
    public Learned learn(HeldOutSplit rows, long seed, @Nullable ModelArtifact champion) {
      trainings.incrementAndGet();
      whileLearning.run();
      return new Learned() {
        @Override
        public AnomalyScores scores() {
          return scoring();
        }

        @Override
        public List<String> classes() {
          return List.of();
        }

        @Override
        public SortedMap<String, Double> metrics() {
          return new TreeMap<>();
        }

        @Override
        public List<String> notes() {
          return List.of();
        }

        @Override
        public ModelArtifact artifact(Manifest manifest) {
          return ModelArtifact.of(manifest, Map.of());
        }
      };
    }

    @Override
    public AnomalyScores open(ModelArtifact artifact) {
      return scoring();
    }

    private AnomalyScores scoring() {
      return rows -> rows.stream().mapToDouble(row -> row.event().number(0)).toArray();
    }
  }
}

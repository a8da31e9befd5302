package dev.eddy.trainer.training;

import static dev.eddy.trainer.TrainerFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.augmentation.GeneratorSettings;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Part;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.ModelDevice;
import dev.eddy.registry.InMemoryModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.trainer.collection.TrainingSnapshot;
import dev.eddy.trainer.gate.PromotionGate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One network, trained again after the definition or the records have changed. */
class LineageTest {
  private static final Feature X = Feature.number("x");
  private static final Feature Y = Feature.number("y");
  private static final Feature PROTOCOL = Feature.category("protocol");

  private final InMemoryModelRegistry registry = new InMemoryModelRegistry();

  @Test
  void goesOnFromTheChampionWhereNothingHasChanged() {
    assertThat(train(definition(true, X, PROTOCOL), "tcp")).noneMatch(this::isOnLineage);

    List<String> notes = train(definition(true, X, PROTOCOL), "tcp");

    assertThat(notes).contains("warm start from v000001");
  }

  @Test
  void beginsWithRandomWeightsWhereTheSettingsSaySo() {
    train(definition(false, X, PROTOCOL), "tcp");

    assertThat(train(definition(false, X, PROTOCOL), "tcp")).noneMatch(this::isOnLineage);
  }

  @Test
  void startsANewLineageForANewFieldAndServesTheChampionUntilItIsThere() {
    train(definition(true, X, PROTOCOL), "tcp");
    ModelVersion before = registry.champion().orElseThrow();
    assertThat(before).isEqualTo(ModelVersion.of(1));

    List<String> notes = train(definition(true, X, Y, PROTOCOL), "tcp");

    assertThat(notes).contains("starts a new lineage beside v000001: field y added");
    assertThat(registry.champion()).contains(ModelVersion.of(2));
    assertThat(registry.load(ModelVersion.of(2)).manifest().parent()).isNull();
  }

  @Test
  void startsANewLineageForARemovedFieldAndForAnotherType() {
    train(definition(true, X, Y, PROTOCOL), "tcp");

    assertThat(train(definition(true, X, PROTOCOL), "tcp"))
        .contains("starts a new lineage beside v000001: field y removed");
    assertThat(train(definition(true, X), "tcp"))
        .contains("starts a new lineage beside v000002: field protocol removed");
    assertThat(registry.champion()).contains(ModelVersion.of(3));
  }

  @Test
  void startsANewLineageForANewCategoryAgainstTheChampion() {
    train(definition(true, X, PROTOCOL), "tcp", "udp");

    List<String> notes = train(definition(true, X, PROTOCOL), "tcp", "udp", "icmp");

    assertThat(notes).contains("starts a new lineage beside v000001: column protocol=icmp added");
    assertThat(registry.load(ModelVersion.of(2)).manifest().parent())
        .as("what it was measured against")
        .isEqualTo(ModelVersion.of(1));
  }

  private boolean isOnLineage(String note) {
    return note.contains("lineage") || note.contains("warm start");
  }

  /** Returns what the manifest of the new version tells. */
  private List<String> train(StreamDefinition definition, String... protocols) {
    var learner =
        new EnsembleLearner(
            definition,
            ModelDevice.CPU,
            new DetectionTrainer(definition.detection()),
            new GeneratorTrainer(GeneratorSettings.of(definition.augmentation().generation())),
            outcome -> {});
    var run =
        new TrainingRun(
            definition,
            learner,
            new PromotionGate(definition, 7),
            new LearningCurves(),
            registry,
            Clock.systemUTC(),
            "0");
    TrainingOutcome outcome =
        run.train(
                new TrainingSnapshot(samples(definition, protocols), new TreeMap<>()),
                "1h",
                () -> false)
            .orElseThrow();
    return registry.load(outcome.version()).manifest().notes();
  }

  private static List<Sample> samples(StreamDefinition definition, String... protocols) {
    Random random = new Random(3);
    boolean known = definition.features().contains(PROTOCOL);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String[] category = known ? new String[] {protocols[i % protocols.length]} : new String[0];
      double[] numbers = random.doubles(definition.numbers().size()).toArray();
      var event = new Event(at(i), "h1", 1_000L * i, numbers, category, null);
      samples.add(new Sample(new Observation(event, new double[0]), Truth.UNKNOWN, null));
    }
    return samples;
  }

  private static StreamDefinition definition(boolean warmStart, Feature... features) {
    return StreamDefinition.of(
            "network",
            new Source("connections", Format.JSON, "host", "ts", List.of()),
            List.of(features))
        .withContext(Context.NONE)
        .withTraining(
            new Training(
                Duration.ofHours(1),
                Duration.ofDays(7),
                100,
                10,
                1_000,
                7,
                warmStart,
                Limits.DEFAULT,
                Guard.DEFAULT,
                Drift.DEFAULT,
                Gate.DEFAULT))
        .withDetection(Detection.DEFAULT.withDetectors(Set.of(Part.VAE)));
  }
}

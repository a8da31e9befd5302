package dev.eddy.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.augmentation.GeneratorSettings;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Part;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.ModelDevice;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.training.EnsembleLearner.GeneratorListener.Outcome;
import dev.eddy.trainer.training.Learner.Learned;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EnsembleLearnerTest {
  private static final StreamDefinition DEFINITION =
      TrainerFixture.definition(TrainerFixture.TRAINING)
          .withContext(Context.NONE)
          .withDetection(Detection.DEFAULT.withDetectors(Set.of(Part.HISTOGRAM)));
  private static final int HELD_OUT = 100;
  private static final int TOO_FEW_TO_JUDGE_BY = 9;

  private final List<Outcome> outcomes = new ArrayList<>();
  private final EnsembleLearner learner =
      new EnsembleLearner(
          DEFINITION,
          ModelDevice.CPU,
          new DetectionTrainer(DEFINITION.detection()),
          new GeneratorTrainer(
              GeneratorSettings.of(Generation.DEFAULT.withFamily(GeneratorFamily.COPULA))),
          outcomes::add,
          new LearningCurves());

  @Test
  void aGeneratorThatIsRefusedAClassDoesNotReplaceOneThatMayPublishIt() {
    // given
    ModelArtifact champion = learn(HELD_OUT).withGenerator().orElseThrow().artifact(manifest());
    Learned next = learn(TOO_FEW_TO_JUDGE_BY).keepingGeneratorOf(champion);

    // when
    assertThat(next.withGenerator()).isEmpty();

    // then
    assertThat(outcomes).containsExactly(Outcome.TRAINED, Outcome.REFUSED);
    assertThat(next.classes()).containsExactly("normal", "r2l");
    assertThat(next.notes()).contains("generator of v000001 kept");
  }

  @Test
  void aGeneratorThatMayPublishAsMuchReplacesTheOneBefore() {
    // given
    ModelArtifact champion = learn(HELD_OUT).withGenerator().orElseThrow().artifact(manifest());
    Learned next = learn(HELD_OUT).keepingGeneratorOf(champion);

    // when
    Learned whole = next.withGenerator().orElseThrow();

    // then
    assertThat(outcomes).containsExactly(Outcome.TRAINED, Outcome.TRAINED);
    assertThat(whole.classes()).containsExactly("normal", "r2l");
    assertThat(whole.notes()).noneMatch(note -> note.contains("kept"));
    assertThat(whole.metrics()).containsKeys("trainingRows", "generator.columnShapes");
  }

  @Test
  void aRefusedGeneratorComesWithItsReasonsWhereThereIsNoneBefore() {
    Learned whole = learn(TOO_FEW_TO_JUDGE_BY).withGenerator().orElseThrow();

    assertThat(outcomes).containsExactly(Outcome.TRAINED);
    assertThat(whole.classes()).containsExactly("normal");
    assertThat(whole.notes())
        .contains("generator may not publish r2l: held-out rows must be >= 10 to judge by, got 9");
  }

  private Learned learn(int heldOutAttacks) {
    List<Sample> training = new ArrayList<>(samples(600, Truth.NORMAL, "normal", 1));
    training.addAll(samples(400, Truth.ANOMALOUS, "r2l", 2));
    List<Sample> heldOut = new ArrayList<>(samples(200, Truth.NORMAL, "normal", 3));
    heldOut.addAll(samples(heldOutAttacks, Truth.ANOMALOUS, "r2l", 4));
    return learner.learn(new HeldOutSplit(training, heldOut), 7, null);
  }

  private static List<Sample> samples(int rows, Truth truth, String labelClass, int seed) {
    Random random = new Random(seed);
    double middle = truth == Truth.ANOMALOUS ? 70 : 20;
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double x = random.nextGaussian();
      samples.add(
          TrainerFixture.sample(
              1_000L * seed + i,
              Math.rint(middle + 3 * x),
              Math.rint(middle + 2 * x + 2 * random.nextGaussian()),
              truth,
              labelClass));
    }
    return samples;
  }

  private static Manifest manifest() {
    return new Manifest(
        ModelVersion.of(1),
        DEFINITION.name(),
        "ensemble",
        0,
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
  }
}

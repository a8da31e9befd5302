package dev.eddy.trainer.training;

import static dev.eddy.trainer.TrainerFixture.sample;
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
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.trainer.TrainerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratorProgressTest {

  @Test
  void tellsHowTheGeneratorsNetworkGetsOn() {
    StreamDefinition definition =
        TrainerFixture.definition(TrainerFixture.TRAINING)
            .withContext(Context.NONE)
            .withDetection(Detection.DEFAULT.withDetectors(Set.of(Part.NEIGHBOURS)));
    var settings =
        new GeneratorSettings(Generation.DEFAULT.withFamily(GeneratorFamily.VAE), 0.15, 8);
    var curves = new LearningCurves();
    var learner =
        new EnsembleLearner(
            definition,
            ModelDevice.CPU,
            new DetectionTrainer(definition.detection()),
            new GeneratorTrainer(settings),
            outcome -> {},
            curves);

    var learned = learner.learn(HeldOutSplit.of(samples()), 7, null).withGenerator();

    assertThat(learned).isPresent();
    List<LearningCurves.Point> points = curves.points();
    assertThat(points).hasSizeGreaterThan(1).allMatch(this::isOfTheGenerator);
    assertThat(points.get(0).step()).isEqualTo(GeneratorProgress.EVERY);
    LearningCurves.Point last = points.get(points.size() - 1);
    assertThat(last.step()).isEqualTo(last.steps());
    assertThat(last.loss()).isLessThan(points.get(0).loss());
  }

  private boolean isOfTheGenerator(LearningCurves.Point point) {
    return point.network().equals("generator.vae") && Double.isFinite(point.loss());
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (long offset = 0; offset < 600; offset++) {
      boolean attack = offset % 2 == 0;
      samples.add(
          sample(
              offset,
              (double) (attack ? 100 + offset % 7 : offset % 5),
              (double) (offset % 11),
              attack ? Truth.ANOMALOUS : Truth.NORMAL,
              attack ? "dos" : "normal"));
    }
    return samples;
  }
}

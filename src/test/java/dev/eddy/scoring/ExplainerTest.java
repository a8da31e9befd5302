package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Mode;
import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final long SEED = 29;
  private static final ToyStream STREAM = new ToyStream(SEED);

  private static List<Observation> records = List.of();
  private static Scorer scorer;

  @BeforeAll
  static void train() {
    List<Sample> samples = STREAM.samples(1500);
    records = samples.stream().map(Sample::observation).toList();
    scorer =
        new DetectionTrainer(
                Detection.DEFAULT
                    .withMode(Mode.ONE_CLASS)
                    .withDetectors(
                        Set.of(Part.NEIGHBOURS, Part.FOREST, Part.HISTOGRAM, Part.COVARIANCE)))
            .train(Encoder.fit(ToyStream.DEFINITION, records), samples, SEED, ModelDevice.CPU)
            .open(ModelDevice.CPU);
  }

  @AfterAll
  static void close() {
    scorer.close();
  }

  @Test
  void ranksThePlantedFieldFirstInNineOfTenDetectedRecords() {
    Random random = new Random(SEED);
    int detected = 0;
    int first = 0;
    for (int i = 0; i < 120; i++) {
      Observation planted = planted(i % 3, STREAM.ordinary(), random);
      if (score(planted) > Explanation.NORMAL) {
        detected++;
        List<Contribution> contributions = scorer.explain(planted, null).contributions();
        first += contributions.get(0).feature().equals(FIELDS.get(i % 3)) ? 1 : 0;
        assertThat(contributions).allMatch(c -> c.contribution() >= 0);
        assertThat(contributions.stream().mapToDouble(Contribution::contribution).sum())
            .isCloseTo(1, within(1e-9));
      }
    }
    assertThat(detected).as("detected of 120, seed %d", SEED).isGreaterThan(60);
    assertThat(first / (double) detected).as("of %d, seed %d", detected, SEED).isGreaterThan(0.9);
  }

  private static final List<String> FIELDS = List.of("duration", "protocol", "bytes");

  private static Observation planted(int kind, Observation record, Random random) {
    double packets = record.event().number(0);
    String protocol = record.event().category(0);
    double bytes = record.event().number(1);
    double duration = record.event().number(2);
    return switch (kind) {
      case 0 -> STREAM.observation(packets, protocol, bytes, 6 + 20 * random.nextDouble());
      case 1 -> STREAM.observation(packets, "never-seen", bytes, duration);
      default -> STREAM.observation(packets, protocol, -bytes, duration);
    };
  }

  @Test
  void namesTheNearestValueWithWhichTheRecordIsNormalAndNoNearerOneIs() {
    Observation wrong = STREAM.observation(20, "chat", 2000, 30);

    Contribution first = scorer.explain(wrong, null).contributions().get(0);

    assertThat(first.feature()).isEqualTo("duration");
    double normal = Double.parseDouble(first.normal());
    assertThat(normal).isBetween(2.0, 6.0);
    assertThat(score(STREAM.observation(20, "chat", 2000, normal)))
        .isLessThanOrEqualTo(Explanation.NORMAL);
    assertThat(score(STREAM.observation(20, "chat", 2000, normal + 0.3)))
        .as("a value a tenth of the usual spread further out")
        .isGreaterThan(Explanation.NORMAL);
  }

  @Test
  void namesTheCategoryThatWasExpected() {
    Contribution first =
        scorer.explain(STREAM.observation(20, "smtp", 20_000, 2), null).contributions().get(0);

    assertThat(first.feature()).isEqualTo("protocol");
    assertThat(first.value()).isEqualTo("smtp");
    assertThat(first.expected()).isEqualTo("bulk");
    assertThat(first.normal()).isEqualTo("bulk");
  }

  @Test
  void saysSoWhenNoChangeOfOneFieldMakesTheRecordNormal() {
    Explanation explanation = scorer.explain(STREAM.observation(90, "smtp", -9e6, 40), null);

    assertThat(explanation.isNormal()).isFalse();
    assertThat(explanation.isMendable()).isFalse();
  }

  @Test
  void looksForNoChangeOfARecordThatIsNormal() {
    Explanation explanation = scorer.explain(STREAM.observation(20, "chat", 2000, 2), null);

    assertThat(explanation.isNormal()).isTrue();
    assertThat(explanation.contributions()).hasSize(4).allMatch(c -> c.normal() == null);
  }

  @Test
  void blamesWhatTheSecondOpinionSeesWhereTheModelSeesNothing() {
    BaselineScorer baseline = BaselineScorer.of(ToyStream.DEFINITION);
    records.forEach(baseline::score);
    List<Observation> shifted = new ArrayList<>();
    for (int i = 0; i < 4000; i++) { // since the model was trained, nothing but chat has come
      shifted.add(STREAM.observation(20 + i % 5, "chat", 2000 + i % 7, 2 + 0.01 * (i % 50)));
    }
    shifted.forEach(baseline::score);
    Observation bulk = STREAM.observation(22, "bulk", 22_000, 2);

    Explanation alone = scorer.explain(bulk, null);
    Explanation together = scorer.explain(bulk, baseline);

    assertThat(alone.isNormal()).isTrue();
    assertThat(together.score()).isGreaterThan(alone.score());
    assertThat(together.contributions().get(0).feature()).isIn("bytes", "protocol");
    assertThat(together.contributions().get(0).contribution()).isGreaterThan(0.4);
  }

  @Test
  void teachesTheSecondOpinionNothing() {
    BaselineScorer baseline = BaselineScorer.of(ToyStream.DEFINITION);
    records.forEach(baseline::score);
    BaselineScorer same = BaselineScorer.of(ToyStream.DEFINITION);
    records.forEach(same::score);
    Observation wrong = STREAM.observation(20, "chat", 2000, 30);

    scorer.explain(wrong, baseline);

    assertThat(baseline.score(wrong)).isEqualTo(same.score(wrong));
  }

  private static double score(Observation observation) {
    FeatureMatrix rows = new FeatureMatrix(scorer.encoder().width(), 1);
    scorer.encoder().encode(observation, rows);
    return scorer.score(rows).score(0);
  }
}

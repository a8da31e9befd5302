package dev.eddy.trainer.gate;

import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.trainer.TrainerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PromotionGateTest {
  private final PromotionGate gate =
      new PromotionGate(TrainerFixture.definition(TrainerFixture.TRAINING), 7);

  /** Sees anomalies, of which the duration is large. */
  private final AnomalyScores good = scores(o -> o.event().number(0));

  /** Looks at what has nothing to do with it. */
  private final AnomalyScores blind =
      scores(o -> CoordinateNoise.of(o.event().coordinates().offset()));

  /** Takes the ordinary for anomalous. */
  private final AnomalyScores inverted = scores(o -> -o.event().number(0));

  @Test
  void promotesACandidateThatIsBetterOnLabelledAnomalies() {
    GateVerdict verdict = gate.judge(good, blind, labelled(200, 20));

    assertThat(verdict.promote()).isTrue();
    assertThat(verdict.metrics())
        .containsEntry("auprc", 1.0)
        .containsEntry("auroc", 1.0)
        .containsEntry("heldOutNormal", 200.0)
        .containsEntry("heldOutAnomalies", 20.0)
        .hasEntrySatisfying("champion.auprc", value -> assertThat(value).isLessThan(0.5));
    assertThat(verdict.reason())
        .startsWith("promoted: not worse, auprc 1.0000 against 0.")
        .endsWith("on 200 held-out rows and 20 labelled anomalies");
  }

  @Test
  void refusesACandidateThatIsWorseOnLabelledAnomalies() {
    AnomalyScores everySecond =
        scores(o -> o.event().number(0) * (o.event().coordinates().offset() % 2));

    GateVerdict verdict = gate.judge(everySecond, good, labelled(200, 20));

    assertThat(verdict.promote()).isFalse();
    assertThat(verdict.reason()).startsWith("refused: worse than the champion, auprc 0.");
  }

  @Test
  void promotesACandidateThatIsAsGood() {
    assertThat(gate.judge(good, good, labelled(200, 20)).promote()).isTrue();
  }

  @Test
  void comparesByPlantedAnomaliesWhileLabelsAreFew() {
    List<Sample> rows = labelled(400, 9);
    AnomalyScores distance = scores(o -> distanceFromNormal(o));

    GateVerdict better = gate.judge(distance, scores(o -> distanceFromNormal(o) % 1.7), rows);
    GateVerdict worse = gate.judge(scores(o -> distanceFromNormal(o) % 1.7), distance, rows);

    assertThat(better.promote()).isTrue();
    assertThat(better.metrics()).containsKeys("plantedAuroc", "champion.plantedAuroc");
    assertThat(better.metrics().get("plantedAuroc")).isBetween(0.6, 1.0);
    assertThat(better.reason()).endsWith("on 400 held-out rows and 1200 planted anomalies");
    assertThat(worse.promote()).isFalse();
  }

  @Test
  void givesTheSameVerdictForTheSameRows() {
    AnomalyScores distance = scores(PromotionGateTest::distanceFromNormal);

    assertThat(gate.judge(distance, null, labelled(300, 0)))
        .isEqualTo(gate.judge(distance, null, labelled(300, 0)));
  }

  @Test
  void promotesTheFirstModelUnlessItIsNoBetterThanACoin() {
    assertThat(gate.judge(good, null, labelled(200, 20)).promote()).isTrue();

    GateVerdict verdict = gate.judge(inverted, null, labelled(200, 20));

    assertThat(verdict.promote()).isFalse();
    assertThat(verdict.reason()).startsWith("refused: no better than a coin, auroc 0.0000; ");
  }

  @Test
  void promotesUnmeasuredOnlyWhereThereIsNoChampion() {
    assertThat(gate.judge(good, null, labelled(19, 20)).promote()).isTrue();
    assertThat(gate.judge(good, good, labelled(19, 20)).promote()).isFalse();
  }

  private static double distanceFromNormal(Observation observation) {
    double category = "tcp".equals(observation.event().category(0)) ? 0 : 10;
    return Math.abs(observation.event().number(0) - 1)
        + Math.abs(observation.event().number(1) - 1)
        + category;
  }

  private static AnomalyScores scores(ToDoubleFunction<Observation> score) {
    return observations -> observations.stream().mapToDouble(score).toArray();
  }

  private static List<Sample> labelled(int normal, int anomalies) {
    var random = new SplittableRandom(5);
    List<Sample> rows = new ArrayList<>();
    for (int i = 0; i < normal; i++) {
      double duration = 1 + 0.5 * random.nextGaussian();
      rows.add(sample(i, duration, 1 + 0.5 * random.nextGaussian(), Truth.UNKNOWN, null));
    }
    for (int i = normal; i < normal + anomalies; i++) {
      rows.add(sample(i, 100 + i, i % 11, Truth.ANOMALOUS, "dos"));
    }
    return rows;
  }

  /** A number without meaning. */
  private static final class CoordinateNoise {
    static double of(long offset) {
      return new SplittableRandom(offset).nextDouble();
    }
  }
}

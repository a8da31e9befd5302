package dev.eddy.trainer.gate;

import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.trainer.TrainerFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PromotionGateTest {
  private static final double CALM = 0.001;

  private final PromotionGate gate = gate(TrainerFixture.TRAINING);

  /** Sees anomalies, of which the duration is large. */
  private final AnomalyScores good = scores(o -> o.event().number(0));

  /** Looks at what has nothing to do with it. */
  private final AnomalyScores blind =
      scores(o -> CoordinateNoise.of(o.event().coordinates().offset()));

  /** Takes the ordinary for anomalous. */
  private final AnomalyScores inverted = scores(o -> -o.event().number(0));

  @Test
  void promotesACandidateThatIsBetterOnLabelledAnomalies() {
    GateVerdict verdict = gate.judge(good, List.of(), blind, labelled(200, 20), CALM);

    assertThat(verdict.promote()).isTrue();
    assertThat(verdict.metrics())
        .containsEntry("auprc", 1.0)
        .containsEntry("auroc", 1.0)
        .containsEntry("heldOutNormal", 200.0)
        .containsEntry("heldOutAnomalies", 20.0)
        .hasEntrySatisfying("champion.auprc", value -> assertThat(value).isLessThan(0.5));
    assertThat(verdict.reason())
        .startsWith("promoted: not worse, by +0.")
        .contains("auprc 1.0000 against 0.")
        .endsWith("on 200 held-out rows and 20 labelled anomalies");
  }

  @Test
  void refusesACandidateThatIsWorseOnLabelledAnomalies() {
    AnomalyScores everySecond =
        scores(o -> o.event().number(0) * (o.event().coordinates().offset() % 2));

    GateVerdict verdict = gate.judge(everySecond, List.of(), good, labelled(200, 20), CALM);

    assertThat(verdict.promote()).isFalse();
    assertThat(verdict.reason()).startsWith("refused: worse than the champion, by -0.");
  }

  @Test
  void asksForAGainBeyondDoubtWhileTheStreamIsDisturbed() {
    List<Sample> rows = labelled(200, 20);

    GateVerdict asGood = gate.judge(good, List.of(), good, rows, 0.2);

    assertThat(asGood.promote()).isFalse();
    assertThat(asGood.reason())
        .startsWith("refused: no gain beyond doubt while the stream is disturbed, 0.200 more");
    assertThat(gate.judge(good, List.of(), blind, rows, 0.2).promote()).isTrue();
    assertThat(gate.judge(good, List.of(), null, rows, 0.2).promote()).isTrue();
  }

  @Test
  void promotesACandidateThatIsAsGood() {
    assertThat(gate.judge(good, List.of(), good, labelled(200, 20), CALM).promote()).isTrue();
  }

  @Test
  void comparesByPlantedAnomaliesWhileLabelsAreFew() {
    List<Sample> rows = labelled(400, 9);
    AnomalyScores distance = scores(o -> distanceFromNormal(o));

    GateVerdict better =
        gate.judge(distance, List.of(), scores(o -> distanceFromNormal(o) % 1.7), rows, CALM);
    GateVerdict worse =
        gate.judge(scores(o -> distanceFromNormal(o) % 1.7), List.of(), distance, rows, CALM);

    assertThat(better.promote()).isTrue();
    assertThat(better.metrics()).containsKeys("plantedAuroc", "champion.plantedAuroc");
    assertThat(better.metrics().get("plantedAuroc")).isBetween(0.6, 1.0);
    assertThat(better.reason()).endsWith("on 400 held-out rows and 1200 planted anomalies");
    assertThat(worse.promote()).isFalse();
  }

  @Test
  void givesTheSameVerdictForTheSameRows() {
    AnomalyScores distance = scores(PromotionGateTest::distanceFromNormal);

    assertThat(gate.judge(distance, List.of(), null, labelled(300, 0), CALM))
        .isEqualTo(gate.judge(distance, List.of(), null, labelled(300, 0), CALM));
  }

  @Test
  void promotesTheFirstModelUnlessItIsNoBetterThanACoin() {
    assertThat(gate.judge(good, List.of(), null, labelled(200, 20), CALM).promote()).isTrue();

    GateVerdict verdict = gate.judge(inverted, List.of(), null, labelled(200, 20), CALM);

    assertThat(verdict.promote()).isFalse();
    assertThat(verdict.reason()).startsWith("refused: no better than a coin, auroc 0.0000; ");
  }

  @Test
  void promotesUnmeasuredOnlyWhereThereIsNoChampion() {
    assertThat(gate.judge(good, List.of(), null, labelled(19, 20), CALM).promote()).isTrue();
    assertThat(gate.judge(good, List.of(), good, labelled(19, 20), CALM).promote()).isFalse();
  }

  @Test
  void refusesASmallLossThatIsCertainAndForgivesOneThatIsNot() {
    List<Sample> rows = labelled(3_000, 600);
    AnomalyScores slightlyWorse =
        scores(o -> o.event().coordinates().offset() % 170 == 0 ? 0 : o.event().number(0));
    AnomalyScores slightlyOther =
        scores(
            o -> o.event().number(0) - (o.event().coordinates().offset() == 3_001 ? 1_000_000 : 0));

    GateVerdict certain = gate.judge(slightlyWorse, List.of(), good, rows, CALM);
    GateVerdict uncertain = gate.judge(slightlyOther, List.of(), good, rows, CALM);

    assertThat(certain.metrics().get("difference")).isBetween(-0.01, -0.0025);
    assertThat(certain.metrics().get("difference.high")).isBetween(-0.0025, -0.0001);
    assertThat(certain.promote()).isFalse();
    assertThat(certain.reason()).startsWith("refused: worse than the champion, by -0.00");
    assertThat(uncertain.promote()).isTrue();
    assertThat(uncertain.metrics().get("difference")).isNegative();
  }

  @Test
  void refusesASmallLossThatFewLabelsCannotTellFromALargeOne() {
    AnomalyScores missesOne =
        scores(o -> o.event().coordinates().offset() == 3_001 ? 0 : o.event().number(0));

    GateVerdict few = gate.judge(missesOne, List.of(), good, labelled(3_000, 120), CALM);
    GateVerdict many = gate.judge(missesOne, List.of(), good, labelled(3_000, 1_200), CALM);

    assertThat(few.metrics().get("difference")).isBetween(-0.01, -0.005);
    assertThat(few.metrics().get("difference.low")).isLessThan(-0.02);
    assertThat(few.promote()).isFalse();
    assertThat(few.reason()).startsWith("refused: perhaps much worse than the champion, by -0.00");
    assertThat(many.metrics().get("difference")).isBetween(-0.001, 0.0);
    assertThat(many.promote()).isTrue();
  }

  @Test
  void asksForTheImprovementThatTheDefinitionNames() {
    Training training =
        new Training(
            TrainerFixture.TRAINING.every(),
            TrainerFixture.TRAINING.window(),
            100,
            10,
            1_000,
            7,
            true,
            Limits.DEFAULT,
            Guard.DEFAULT,
            Drift.DEFAULT,
            new Gate(0.1, Gate.Promotion.AUTOMATIC));
    PromotionGate demanding = gate(training);

    assertThat(demanding.judge(good, List.of(), good, labelled(200, 20), CALM).reason())
        .startsWith("refused: better by less than 0.1, by +0.0000");
    assertThat(demanding.judge(good, List.of(), blind, labelled(200, 20), CALM).promote()).isTrue();
  }

  @Test
  void refusesACandidateThatCallsOrdinaryRowsOneInAHundred() {
    AnomalyScores alarmed = scores(o -> 10 + o.event().number(0));

    GateVerdict first = gate.judge(alarmed, List.of(), null, labelled(200, 20), CALM);
    GateVerdict noWorse = gate.judge(alarmed, List.of(), alarmed, labelled(200, 20), CALM);

    assertThat(first.reason())
        .startsWith("refused: it calls 1.0000 of the held-out rows one in a hundred");
    assertThat(noWorse.promote()).isTrue();
  }

  @Test
  void refusesACandidateThatIsTooSlow() {
    AtomicLong nanos = new AtomicLong();
    PromotionGate slow =
        new PromotionGate(
            TrainerFixture.definition(TrainerFixture.TRAINING),
            7,
            () -> nanos.addAndGet(400_000_000)); // 200 rows in 0.4 s

    GateVerdict verdict = slow.judge(good, List.of(), null, labelled(200, 20), CALM);

    assertThat(verdict.reason()).startsWith("refused: it scores 500 rows a second");
    assertThat(verdict.healthy()).isTrue();
  }

  @Test
  void findsACandidateUnhealthyThatHasCollapsedOrCannotScore() {
    List<Sample> rows = labelled(200, 20);
    AnomalyScores failing =
        observations -> {
          throw new IllegalStateException("not a number");
        };

    for (GateVerdict verdict :
        List.of(
            gate.judge(scores(o -> 3), List.of(), null, rows, CALM),
            gate.judge(scores(o -> Double.NaN), List.of(), null, rows, CALM),
            gate.judge(failing, List.of(), null, rows, CALM),
            gate.judge(good, List.of("weights must be finite"), null, rows, CALM))) {
      assertThat(verdict.healthy()).isFalse();
      assertThat(verdict.promote()).isFalse();
      assertThat(verdict.reason()).startsWith("refused: unhealthy, ");
    }
  }

  @Test
  void namesEveryCheck() {
    assertThat(gate.judge(good, List.of(), blind, labelled(200, 20), CALM).checks())
        .extracting(GateVerdict.Check::name)
        .containsExactly("health", "coin", "calibration", "speed", "quality", "calm");
  }

  private static PromotionGate gate(Training training) {
    return new PromotionGate(TrainerFixture.definition(training), 7, () -> 0);
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

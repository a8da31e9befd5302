package dev.eddy.trainer.guard;

import static dev.eddy.trainer.TrainerFixture.at;
import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Guard.NewNormal;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.collection.Evidence;
import dev.eddy.trainer.collection.Evidence.RaisedAlert;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.guard.Question.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoisonGuardTest {
  private static final double NORMAL = 1;
  private static final double EXTREME = 50;

  /** The duration is the score. */
  private static final AnomalyScores CHAMPION =
      rows -> rows.stream().mapToDouble(row -> row.event().number(0)).toArray();

  private final PoisonGuard guard = guard(NewNormal.ACCEPT);

  /** Asks after 100 s, answers itself after further 200 s; an alert's cooldown is 10 minutes. */
  private static PoisonGuard guard(NewNormal otherwise) {
    Training training = TrainerFixture.TRAINING;
    return new PoisonGuard(
        TrainerFixture.definition(
            new Training(
                training.every(),
                training.window(),
                100,
                10,
                1_000,
                7,
                true,
                Limits.DEFAULT,
                new Guard(0.001, Duration.ofSeconds(100), Duration.ofSeconds(200), otherwise),
                Drift.DEFAULT,
                Gate.DEFAULT)));
  }

  @Test
  void withholdsUnlabelledRowsThatTheChampionFindsExtreme() {
    List<Sample> rows =
        List.of(row("a", 0, NORMAL), row("a", 1, EXTREME), row("a", 2, 6.8), row("a", 3, 7.0));

    Screened screened = guard.screen(rows, CHAMPION, Evidence.NONE);

    assertThat(offsets(screened)).containsExactly(0L, 2L); // -ln 0.001 = 6.9
    assertThat(screened.extreme()).isEqualTo(2);
  }

  @Test
  void withholdsWhatIsOddThoughTheScoreRanksOnlyKnownKinds() {
    var labelsOnly =
        new AnomalyScores() {
          @Override
          public double[] score(List<Observation> rows) {
            return new double[rows.size()];
          }

          @Override
          public double[] oddity(List<Observation> rows) {
            return CHAMPION.score(rows);
          }
        };

    Screened screened =
        guard.screen(List.of(row("a", 0, NORMAL), row("a", 1, EXTREME)), labelsOnly, Evidence.NONE);

    assertThat(offsets(screened)).containsExactly(0L);
  }

  @Test
  void aDisturbanceIsWhatIsExtremeMoreOftenThanUsual() {
    List<Observation> usual = withExtremes(400, 20);
    List<Observation> newest = withExtremes(200, 50);

    assertThat(guard.disturbance(CHAMPION, newest, usual)).isCloseTo(0.2, within(1e-12));
    assertThat(guard.disturbance(CHAMPION, usual, newest)).isZero();
    assertThat(guard.disturbance(CHAMPION, newest.subList(0, 99), usual)).isZero();
    assertThat(guard.disturbance(null, newest, usual)).isZero();
  }

  private static List<Observation> withExtremes(int rows, int extremes) {
    return IntStream.range(0, rows)
        .mapToObj(i -> row("a", i, i < extremes ? EXTREME : NORMAL).observation())
        .toList();
  }

  @Test
  void letsLabelledRowsPassWhateverTheLabelSays() {
    List<Sample> rows =
        List.of(
            sample("a", 0, EXTREME, 0, Truth.NORMAL, "normal"),
            sample("a", 1, EXTREME, 0, Truth.ANOMALOUS, "dos"));

    assertThat(guard.screen(rows, CHAMPION, Evidence.NONE).samples()).isEqualTo(rows);
  }

  @Test
  void withholdsWhatLiesInAnIncidentOfTheSameEntityUntilItHasBeenQuietForTheCooldown() {
    List<Sample> rows =
        List.of(
            row("a", 99, NORMAL),
            row("a", 100, NORMAL), // raised the alert
            row("a", 500, EXTREME), // goes on
            row("b", 500, NORMAL),
            row("a", 1_000, NORMAL),
            row("a", 1_100, NORMAL), // the last that counts: 500 s and 600 s
            row("a", 1_101, NORMAL));
    var alert = new RaisedAlert("a", 100_000, at(100), "v000001");

    Screened screened = guard.screen(rows, CHAMPION, new Evidence(Set.of(), List.of(alert)));

    assertThat(offsets(screened)).containsExactly(99L, 500L, 1_101L);
    assertThat(screened.incident()).isEqualTo(3);
    assertThat(screened.extreme()).isEqualTo(1);
  }

  @Test
  void letsEverythingPassWhereThereIsNoChampion() {
    List<Sample> rows = shifted(0, 400);

    assertThat(guard.screen(rows, null, Evidence.NONE).samples()).isEqualTo(rows);
  }

  @Test
  void asksOfAnEntityThatStaysExtremeWhetherThatIsItsNewNormal() {
    Screened early = guard.screen(shifted(50, 149), CHAMPION, Evidence.NONE);
    Screened asked = guard.screen(shifted(50, 151), CHAMPION, Evidence.NONE);

    assertThat(early.questions()).isEmpty();
    assertThat(asked.questions())
        .containsExactly(new Question("a", 50_000, 150_000, 101, at(50), Answer.OPEN, 350_000L));
    assertThat(asked.samples()).hasSize(50);
  }

  @Test
  void acceptsAfterTheTimeoutOrNeverAsTheDefinitionSays() {
    List<Sample> rows = shifted(50, 351);

    assertThat(guard.screen(rows, CHAMPION, Evidence.NONE).samples()).hasSize(351);
    Screened refused = guard(NewNormal.REFUSE).screen(rows, CHAMPION, Evidence.NONE);
    assertThat(refused.samples()).hasSize(50);
    assertThat(answer(refused)).isEqualTo(Answer.OPEN);
  }

  @Test
  void acceptsAtOnceOnALabelThatSaysSo() {
    List<Sample> rows = new ArrayList<>(shifted(50, 200));
    rows.set(60, sample("a", 60, EXTREME, 0, Truth.NORMAL, "normal"));

    Screened screened = guard.screen(rows, CHAMPION, new Evidence(Set.of(at(60)), List.of()));
    Screened onlyAFalseAlarm = guard.screen(rows, CHAMPION, Evidence.NONE);

    assertThat(answer(screened)).isEqualTo(Answer.ACCEPTED);
    assertThat(screened.samples()).hasSize(200);
    assertThat(answer(onlyAFalseAlarm)).isEqualTo(Answer.OPEN);
  }

  @Test
  void neverAcceptsWhatSomebodyCalledAnAnomaly() {
    List<Sample> rows = new ArrayList<>(shifted(50, 400));
    rows.set(60, sample("a", 60, EXTREME, 0, Truth.ANOMALOUS, "dos"));

    Screened screened = guard.screen(rows, CHAMPION, Evidence.NONE);

    assertThat(answer(screened)).isEqualTo(Answer.REFUSED);
    assertThat(screened.samples()).hasSize(51);
  }

  @Test
  void asksNothingOfAnIncidentThatIsOver() {
    List<Sample> rows = new ArrayList<>(shifted(50, 200));
    for (long offset = 200; offset < 400; offset++) {
      rows.add(row("a", offset, NORMAL));
    }

    Screened screened = guard.screen(rows, CHAMPION, Evidence.NONE);

    assertThat(screened.questions()).isEmpty();
    assertThat(screened.samples()).hasSize(250);
  }

  @Test
  void withholdsIncidentsWithoutAChampionToo() {
    List<Sample> rows = new ArrayList<>(List.of(row("a", 0, EXTREME), row("a", 599, NORMAL)));
    rows.add(row("a", 601, NORMAL)); // the cooldown is 600 s
    rows.add(row("b", 1, EXTREME));
    var alert = new RaisedAlert("a", 0, at(0), "baseline");

    Screened screened = guard.screen(rows, null, new Evidence(Set.of(), List.of(alert)));

    assertThat(offsets(screened)).containsExactly(601L, 1L);
    assertThat(screened.incident()).isEqualTo(2);
    assertThat(screened.extreme()).isZero();
  }

  @Test
  void withholdsNothingWithoutAChampionWhereAlertsCoverMostOfTheStream() {
    List<Sample> rows = List.of(row("a", 0, NORMAL), row("a", 1, NORMAL), row("b", 2, NORMAL));
    var alert = new RaisedAlert("a", 0, at(0), "baseline");

    Screened screened = guard.screen(rows, null, new Evidence(Set.of(), List.of(alert)));

    assertThat(screened.samples()).isEqualTo(rows);
    assertThat(screened.incident()).isZero();
  }

  private static @Nullable Answer answer(Screened screened) {
    return screened.questions().isEmpty() ? null : screened.questions().get(0).answer();
  }

  /** One row a second, extreme from a place on. */
  private static List<Sample> shifted(long from, long to) {
    List<Sample> rows = new ArrayList<>();
    for (long offset = 0; offset < to; offset++) {
      rows.add(row("a", offset, offset < from ? NORMAL : EXTREME));
    }
    return rows;
  }

  private static Sample row(String entity, long offset, double duration) {
    return sample(entity, offset, duration, 0, Truth.UNKNOWN, null);
  }

  private static List<Long> offsets(Screened screened) {
    return screened.samples().stream()
        .map(row -> row.observation().event().coordinates().offset())
        .toList();
  }
}

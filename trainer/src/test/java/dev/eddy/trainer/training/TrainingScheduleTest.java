package dev.eddy.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.trainer.TestClock;
import dev.eddy.trainer.training.TrainingLog.Past;
import dev.eddy.trainer.training.TrainingSchedule.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainingScheduleTest {
  private static final Training SETTINGS =
      new Training(Duration.ofHours(1), Duration.ofDays(7), 1_000, 50, 50_000, 0);

  private final TestClock clock = new TestClock();
  private final TrainingSchedule schedule = new TrainingSchedule(SETTINGS, clock, List.of(), null);

  @Test
  void trainsFirstAsSoonAsThereAreRecordsEnough() {
    assertThat(schedule.due(signals(999, 100))).isEmpty();
    assertThat(schedule.due(signals(1_000, 0))).contains("first model after 1000 records");
  }

  @Test
  void trainsAgainWhenRecordsHaveDoubledWhileTheSetGrows() {
    train(1_000, false);

    assertThat(schedule.due(signals(1_999, 0))).isEmpty();
    assertThat(schedule.due(signals(2_000, 0))).contains("records doubled from 1000 to 2000");
  }

  @Test
  void waitsForTheHourWhenTheSetIsFull() {
    train(1_000, true);
    clock.pass(Duration.ofMinutes(59));
    assertThat(schedule.due(signals(5_000, 49))).isEmpty();

    clock.pass(Duration.ofMinutes(1));

    assertThat(schedule.due(signals(5_000, 0))).contains("PT1H passed");
  }

  @Test
  void trainsAfterNewLabelsEnough() {
    train(1_000, true);

    assertThat(schedule.due(signals(1_001, 50))).contains("50 new labels");
  }

  @Test
  void pausesAsLongAsTheLastTrainingTook() {
    schedule.started(1_000, true);
    clock.pass(Duration.ofSeconds(40));
    schedule.ended(true);

    clock.pass(Duration.ofSeconds(39));
    assertThat(schedule.due(signals(1_001, 50))).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    assertThat(schedule.due(signals(1_001, 50))).isPresent();
  }

  @Test
  void triesAgainAfterAFailureWithPausesThatDouble() {
    schedule.started(1_000, true);
    schedule.ended(false);
    clock.pass(Duration.ofSeconds(19));
    assertThat(schedule.due(signals(1_001, 0))).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    assertThat(schedule.due(signals(1_001, 0))).contains("again after 1 failures");

    schedule.started(1_001, true);
    schedule.ended(false);
    clock.pass(Duration.ofSeconds(39));
    assertThat(schedule.due(signals(1_001, 0))).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    assertThat(schedule.due(signals(1_001, 0))).contains("again after 2 failures");
  }

  @Test
  void countsTheHourFromTheChampionThatItFound() {
    var restarted =
        new TrainingSchedule(
            SETTINGS, clock, List.of(), clock.instant().minus(Duration.ofMinutes(30)));

    assertThat(restarted.due(signals(10_000, 0))).isEmpty();
    clock.pass(Duration.ofMinutes(30));
    assertThat(restarted.due(signals(10_000, 0))).contains("PT1H passed");
  }

  @Test
  void trainsOnDriftUnlessToldNotTo() {
    train(1_000, true);
    var drift = new Signals(1_001, 0, "bytes", null);

    assertThat(schedule.due(drift)).contains("drift: bytes");
    assertThat(deaf().due(drift)).isEmpty();
  }

  private TrainingSchedule deaf() {
    var settings =
        new Training(
            SETTINGS.every(),
            SETTINGS.window(),
            1_000,
            50,
            50_000,
            0,
            true,
            Limits.DEFAULT,
            Guard.DEFAULT,
            new Drift(Duration.ofHours(1), 500, false),
            Gate.DEFAULT);
    return new TrainingSchedule(settings, clock, List.of(), clock.instant());
  }

  @Test
  void hearsAPersonAtOnce() {
    schedule.started(1_000, true);
    schedule.ended(false);

    assertThat(schedule.due(new Signals(1, 0, null, "ann"))).contains("asked for by ann");
  }

  @Test
  void staysWithinItsBudgetWhichARestartDoesNotRenew() {
    Instant now = clock.instant();
    List<Past> earlier =
        Stream.iterate(now.minus(Duration.ofHours(20)), at -> at.plusSeconds(60))
            .limit(100)
            .map(at -> new Past(at, at))
            .toList();
    var restarted = new TrainingSchedule(SETTINGS, clock, earlier, now.minus(Duration.ofHours(2)));

    assertThat(restarted.due(signals(10_000, 1_000))).isEmpty();
    assertThat(restarted.due(new Signals(10_000, 0, null, "ann"))).isPresent();

    clock.pass(Duration.ofHours(4));
    assertThat(restarted.due(signals(10_000, 1_000))).isPresent();
  }

  @Test
  void keepsItsPauseOverARestart() {
    Instant judged = clock.instant().minusSeconds(20);
    Instant withGenerator = clock.instant().minusSeconds(4);
    var restarted =
        new TrainingSchedule(SETTINGS, clock, List.of(new Past(judged, withGenerator)), judged);

    clock.pass(Duration.ofSeconds(5));
    assertThat(restarted.due(signals(1_001, 50))).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    assertThat(restarted.due(signals(1_001, 50))).contains("50 new labels");
  }

  @Test
  void takesUpWhatAnotherOneTrainedWhileItWasNotElected() {
    train(1_000, false);
    clock.pass(Duration.ofMinutes(59));
    Instant other = clock.instant();

    schedule.resume(List.of(new Past(other, other)), other);

    assertThat(schedule.due(signals(2_000, 50))).as("the pause").isEmpty();
    clock.pass(Duration.ofMinutes(1));
    assertThat(schedule.due(signals(2_000, 0))).as("the hour is the other one's").isEmpty();
    assertThat(schedule.due(signals(2_000, 50))).contains("50 new labels");
    clock.pass(Duration.ofMinutes(59));
    assertThat(schedule.due(signals(2_000, 0))).contains("PT1H passed");
  }

  @Test
  void countsItsOwnTrainingsOnceWhenItTakesUpTheScheduleAndThoseThatFailedToo() {
    int budget = (int) SETTINGS.limits().budget();
    List<Past> past = new ArrayList<>();
    for (int i = 0; i < budget - 1; i++) {
      schedule.started(1_000, true);
      clock.pass(Duration.ofSeconds(1));
      if (i % 2 == 0) {
        past.add(new Past(clock.instant(), clock.instant()));
      }
      schedule.ended(i % 2 == 0);
      clock.pass(Duration.ofMinutes(1));
    }
    clock.pass(Duration.ofHours(1));
    Instant now = clock.instant();

    schedule.resume(past, now.minus(Duration.ofHours(1)));
    assertThat(schedule.due(signals(1_001, 50))).isPresent();
    past.add(new Past(now.minusSeconds(60), now.minusSeconds(60)));
    schedule.resume(past, now.minus(Duration.ofHours(1)));

    assertThat(schedule.due(signals(1_001, 50))).as("the budget is spent").isEmpty();
  }

  @Test
  void wantsAFirstModelAtOnceWhereNoneFitsWhateverWasTrainedBefore() {
    Instant before = clock.instant().minus(Duration.ofMinutes(5));

    var restarted = new TrainingSchedule(SETTINGS, clock, List.of(new Past(before, before)), null);

    assertThat(restarted.due(signals(1_000, 0))).contains("first model after 1000 records");
  }

  private static Signals signals(long records, long newLabels) {
    return new Signals(records, newLabels, null, null);
  }

  private void train(long records, boolean full) {
    schedule.started(records, full);
    schedule.ended(true);
    clock.pass(SETTINGS.limits().minimumInterval());
  }
}

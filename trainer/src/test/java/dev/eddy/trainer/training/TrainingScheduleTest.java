package dev.eddy.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.trainer.training.TrainingSchedule.Signals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainingScheduleTest {
  private static final Training SETTINGS =
      new Training(Duration.ofHours(1), Duration.ofDays(7), 1_000, 50, 50_000, 0);

  private final SettableClock clock = new SettableClock();
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
    List<Instant> earlier =
        Stream.iterate(now.minus(Duration.ofHours(20)), at -> at.plusSeconds(60))
            .limit(100)
            .toList();
    var restarted = new TrainingSchedule(SETTINGS, clock, earlier, now.minus(Duration.ofHours(2)));

    assertThat(restarted.due(signals(10_000, 1_000))).isEmpty();
    assertThat(restarted.due(new Signals(10_000, 0, null, "ann"))).isPresent();

    clock.pass(Duration.ofHours(4));
    assertThat(restarted.due(signals(10_000, 1_000))).isPresent();
  }

  private static Signals signals(long records, long newLabels) {
    return new Signals(records, newLabels, null, null);
  }

  private void train(long records, boolean full) {
    schedule.started(records, full);
    schedule.ended(true);
    clock.pass(SETTINGS.limits().minimumInterval());
  }

  /** A clock that stands until it is told to pass. */
  private static final class SettableClock extends Clock {
    private Instant now = Instant.ofEpochSecond(1_000_000);

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

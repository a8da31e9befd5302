package dev.eddy.stream.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RecentScoresTest {
  private long now = 1_000_000;
  private final RecentScores scores = new RecentScores(new TestClock());

  @Test
  void keepsTheMostAnomalousRecordOfAnEntityInEachInterval() {
    score("a", 1);
    score("a", 5);
    score("a", 2);
    now += RecentScores.INTERVAL_MILLIS;
    score("a", 3);
    now += RecentScores.INTERVAL_MILLIS;

    assertThat(scores.after(0)).extracting(ScorePoint::score).containsExactly(5.0, 3.0);
  }

  @Test
  void showsAnIntervalOnlyWhenItIsOver() {
    score("a", 1);
    assertThat(scores.after(0)).isEmpty();

    now += RecentScores.INTERVAL_MILLIS;

    assertThat(scores.after(0)).hasSize(1);
  }

  @Test
  void givesOnlyWhatCameAfterATime() {
    score("a", 1);
    long first = now;
    now += RecentScores.INTERVAL_MILLIS;
    score("a", 2);
    now += RecentScores.INTERVAL_MILLIS;

    assertThat(scores.after(first)).extracting(ScorePoint::score).containsExactly(2.0);
  }

  @Test
  void isBoundedInPointsAndInEntities() {
    for (int interval = 0; interval < 200; interval++) {
      for (int entity = 0; entity < 30; entity++) {
        score("entity-" + entity, entity);
      }
      now += RecentScores.INTERVAL_MILLIS;
    }

    assertThat(scores.after(0)).hasSize(RecentScores.CAPACITY);
    assertThat(scores.after(0)).extracting(ScorePoint::score).allMatch(score -> score >= 10);
  }

  private void score(String entity, double score) {
    var event =
        new Event(new Coordinates("t", 0, 0), entity, 7, new double[0], new String[0], null);
    scores.scored(new Observation(event, new double[0]), score);
  }

  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now);
    }
  }
}

package dev.eddy.stream;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class TaskFailuresTest {
  private final RuntimeException failure =
      new StreamsException("task 0_0", new IllegalStateException("engine is broken"));

  private final List<String> reported = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final TaskFailures failures = new TaskFailures(reported::add, new TestClock());

  @Test
  void replacesAThreadThatFails() {
    assertThat(failures.handle(failure)).isEqualTo(REPLACE_THREAD);
    assertThat(reported).isEmpty();
  }

  @Test
  void stopsWhenThreadsFailAgainAndAgainAndSaysWhy() {
    for (int i = 1; i < TaskFailures.MOST; i++) {
      assertThat(failures.handle(failure)).isEqualTo(REPLACE_THREAD);
    }

    assertThat(failures.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(reported)
        .containsExactly(
            "scoring stopped: stream threads failed again and again: engine is broken");
  }

  @Test
  void forgetsFailuresThatAreLongAgo() {
    for (int i = 0; i < 10 * TaskFailures.MOST; i++) {
      assertThat(failures.handle(failure)).isEqualTo(REPLACE_THREAD);
      now = now.plus(TaskFailures.WITHIN).minus(Duration.ofMinutes(3));
    }
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
      return now;
    }
  }
}

package dev.eddy.stream;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows when a stream thread dies: it is replaced, and its tasks go on from the last
 * commit, unless that happens too often. Then the client stops, and says so on its health endpoint:
 * a record or a model that kills each thread must be looked at by a person.
 */
final class TaskFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(TaskFailures.class);
  static final int MOST = 5;
  static final Duration WITHIN = Duration.ofMinutes(5);

  private final Consumer<String> report;
  private final Clock clock;
  private final Deque<Long> failures = new ArrayDeque<>();

  /**
   * Makes the handler.
   *
   * @param report is told why scoring stopped
   */
  TaskFailures(Consumer<String> report, Clock clock) {
    this.report = report;
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    long now = clock.millis();
    failures.addLast(now);
    while (now - failures.getFirst() > WITHIN.toMillis()) {
      failures.removeFirst();
    }
    if (failures.size() < MOST) {
      LOG.atError().setCause(failure).log("stream thread failed and is replaced");
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.atError()
        .setCause(failure)
        .addKeyValue("failures", failures.size())
        .log("stream threads fail again and again, scoring stops");
    report.accept("scoring stopped: stream threads failed again and again: " + rootOf(failure));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}

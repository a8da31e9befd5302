package dev.eddy.trainer.training;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition.Training;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says when to train. The first model comes as soon as there are records enough; as long as the
 * training set still grows, the next comes when records have doubled; later ones when the time is
 * up, when there are new labels enough, or when the stream has drifted. A person who asks is heard
 * at once.
 *
 * <p>Between two trainings there is a pause of {@code training.minimumInterval} and at least as
 * long as the last training took, so that training never takes more than half of a core's time;
 * after failures it doubles, up to the regular time between trainings. Beyond the budget nobody but
 * a person is heard. An instance belongs to one thread.
 */
public final class TrainingSchedule {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 16;

  private final Training settings;
  private final Clock clock;
  private final Deque<Instant> spent = new ArrayDeque<>();
  private @Nullable Instant lastStart;
  private Instant pausedUntil = Instant.MIN;
  private long recordsAtLastStart;
  private boolean grew;
  private int failures;

  /**
   * What speaks for a training now.
   *
   * @param records records that were read
   * @param newLabels labels that came since the last training began
   * @param drift what has drifted, for people; null: nothing
   * @param command who asks for a training; null: nobody
   */
  public record Signals(
      long records, long newLabels, @Nullable String drift, @Nullable String command) {}

  /**
   * Makes a schedule.
   *
   * @param earlier when versions were trained, by whatever process
   * @param lastModel when the champion was trained; null without one that fits the definition
   */
  public TrainingSchedule(
      Training settings, Clock clock, List<Instant> earlier, @Nullable Instant lastModel) {
    this.settings = requireNonNull(settings, "settings");
    this.clock = requireNonNull(clock, "clock");
    this.lastStart = lastModel;
    spent.addAll(earlier.stream().sorted().toList());
  }

  /**
   * Says whether a training is due.
   *
   * @return the reason, for people
   */
  public Optional<String> due(Signals signals) {
    if (signals.command() != null && signals.records() > 0) {
      return Optional.of("asked for by " + signals.command());
    }
    Instant now = clock.instant();
    if (signals.records() < settings.minimumRecords()
        || now.isBefore(pausedUntil)
        || isSpent(now)) {
      return Optional.empty();
    }
    return reason(signals, now);
  }

  private Optional<String> reason(Signals signals, Instant now) {
    long records = signals.records();
    if (lastStart == null) {
      return Optional.of("first model after %d records".formatted(records));
    }
    if (failures > 0) {
      return Optional.of("again after %d failures".formatted(failures));
    }
    if (grew && records >= 2 * recordsAtLastStart) {
      return Optional.of("records doubled from %d to %d".formatted(recordsAtLastStart, records));
    }
    if (!now.isBefore(lastStart.plus(settings.every()))) {
      return Optional.of("%s passed".formatted(settings.every()));
    }
    if (settings.minimumLabels() > 0 && signals.newLabels() >= settings.minimumLabels()) {
      return Optional.of("%d new labels".formatted(signals.newLabels()));
    }
    return settings.drift().train()
        ? Optional.ofNullable(signals.drift()).map(drift -> "drift: " + drift)
        : Optional.empty();
  }

  private boolean isSpent(Instant now) {
    Instant from = now.minus(settings.limits().budgetPeriod());
    while (!spent.isEmpty() && !spent.getFirst().isAfter(from)) {
      spent.removeFirst();
    }
    return spent.size() >= settings.limits().budget();
  }

  /**
   * Notes that a training begins.
   *
   * @param setIsFull whether more records would not make the training set larger
   */
  public void started(long records, boolean setIsFull) {
    lastStart = clock.instant();
    spent.addLast(lastStart);
    recordsAtLastStart = records;
    grew = !setIsFull;
  }

  /**
   * Takes up the schedule where another trainer left it.
   *
   * @param lastModel when the champion was trained; null without one
   */
  public void resume(@Nullable Instant lastModel) {
    if (lastModel != null && (lastStart == null || lastModel.isAfter(lastStart))) {
      lastStart = lastModel;
    }
  }

  /** Notes that the training that began last has ended. */
  public void ended(boolean succeeded) {
    Instant now = clock.instant();
    Duration took = lastStart == null ? Duration.ZERO : Duration.between(lastStart, now);
    Duration pause = longest(took, longest(SHORTEST_PAUSE, settings.limits().minimumInterval()));
    failures = succeeded ? 0 : Math.min(MOST_DOUBLINGS, failures + 1);
    pause = pause.multipliedBy(1L << failures);
    pausedUntil = now.plus(pause.compareTo(settings.every()) > 0 ? settings.every() : pause);
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}

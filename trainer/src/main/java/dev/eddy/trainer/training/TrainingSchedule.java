package dev.eddy.trainer.training;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition.Training;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
 * a person is heard. What other processes trained counts as well, as far as verdicts tell of it:
 * see {@link #resume}. An instance belongs to one thread.
 */
public final class TrainingSchedule {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 16;

  private final Training settings;
  private final Clock clock;
  private final Deque<Run> own = new ArrayDeque<>();
  private List<Instant> others = List.of();
  private @Nullable Instant lastStart;
  private Instant pausedUntil = Instant.MIN;
  private long recordsAtLastStart;
  private boolean grew;
  private int failures;

  /** A training of this process, from its start to its end. */
  private record Run(Instant start, Instant end) {
    boolean covers(Instant at) {
      return !at.isBefore(start) && !at.isAfter(end);
    }
  }

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
   * @param past the trainings that the registry tells of, by whatever process
   * @param lastModel when the champion was trained; null without one that fits the definition
   */
  public TrainingSchedule(
      Training settings, Clock clock, List<TrainingLog.Past> past, @Nullable Instant lastModel) {
    this.settings = requireNonNull(settings, "settings");
    this.clock = requireNonNull(clock, "clock");
    resume(past, lastModel);
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
    while (!own.isEmpty() && !own.getFirst().start().isAfter(from)) {
      own.removeFirst();
    }
    long spent = own.size() + others.stream().filter(training -> training.isAfter(from)).count();
    return spent >= settings.limits().budget();
  }

  /**
   * Notes that a training begins.
   *
   * @param setIsFull whether more records would not make the training set larger
   */
  public void started(long records, boolean setIsFull) {
    lastStart = clock.instant();
    recordsAtLastStart = records;
    grew = !setIsFull;
  }

  /**
   * Takes up the schedule where another trainer left it: what that one trained counts against the
   * budget, and is the last training that {@code every} and the pause are measured from. Where no
   * champion fits, the first model is still wanted at once.
   *
   * @param past the trainings that the registry tells of, this process's own among them
   * @param lastModel when the champion was trained; null without one that fits the definition
   */
  public void resume(List<TrainingLog.Past> past, @Nullable Instant lastModel) {
    List<TrainingLog.Past> foreign =
        past.stream()
            .filter(training -> own.stream().noneMatch(run -> run.covers(training.judged())))
            .toList();
    others = foreign.stream().map(TrainingLog.Past::judged).toList();
    Optional<Instant> last = others.stream().max(Comparator.naturalOrder());
    if (last.isPresent() && (own.isEmpty() || last.get().isAfter(own.getLast().end()))) {
      grew = false;
      failures = 0;
    }
    if (lastModel != null) {
      lastStart =
          Stream.of(Optional.ofNullable(lastStart), Optional.of(lastModel), last)
              .flatMap(Optional::stream)
              .max(Comparator.naturalOrder())
              .orElse(lastModel);
    }
    foreign.stream()
        .map(training -> training.ended().plus(settings.limits().minimumInterval()))
        .filter(until -> until.isAfter(pausedUntil))
        .max(Comparator.naturalOrder())
        .ifPresent(until -> pausedUntil = until);
  }

  /**
   * Notes that the training that began last has ended.
   *
   * @param succeeded whether it came to a verdict: one that failed or was cancelled is tried again
   */
  public void ended(boolean succeeded) {
    Instant now = clock.instant();
    own.addLast(new Run(lastStart == null ? now : lastStart, now));
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

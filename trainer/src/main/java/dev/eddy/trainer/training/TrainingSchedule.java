package dev.eddy.trainer.training;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition.Training;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says when to train. The first model comes as soon as there are records enough; as long as the
 * training set still grows, the next comes when records have doubled; later ones when the time is
 * up or when there are new labels enough.
 *
 * <p>Between two trainings there is a pause of {@link #SHORTEST_PAUSE} and at least as long as the
 * last training took, so that training never takes more than half of a core's time; after failures
 * it doubles, up to the regular time between trainings. An instance belongs to one thread.
 */
public final class TrainingSchedule {
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 16;

  private final Training settings;
  private final Clock clock;
  private @Nullable Instant lastStart;
  private Instant pausedUntil = Instant.MIN;
  private long recordsAtLastStart;
  private boolean grew;
  private int failures;

  /**
   * Makes a schedule.
   *
   * @param lastModel when the champion was trained, by whatever process; null without one
   */
  public TrainingSchedule(Training settings, Clock clock, @Nullable Instant lastModel) {
    this.settings = requireNonNull(settings, "settings");
    this.clock = requireNonNull(clock, "clock");
    this.lastStart = lastModel;
  }

  /**
   * Says whether a training is due.
   *
   * @param records records that were read
   * @param newLabels labels that came since the last training began
   * @return the reason, for people
   */
  public Optional<String> due(long records, long newLabels) {
    Instant now = clock.instant();
    if (records < settings.minimumRecords() || now.isBefore(pausedUntil)) {
      return Optional.empty();
    }
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
    if (settings.minimumLabels() > 0 && newLabels >= settings.minimumLabels()) {
      return Optional.of("%d new labels".formatted(newLabels));
    }
    return Optional.empty();
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

  /** Notes that the training that began last has ended. */
  public void ended(boolean succeeded) {
    Instant now = clock.instant();
    Duration took = lastStart == null ? Duration.ZERO : Duration.between(lastStart, now);
    Duration pause = took.compareTo(SHORTEST_PAUSE) > 0 ? took : SHORTEST_PAUSE;
    failures = succeeded ? 0 : Math.min(MOST_DOUBLINGS, failures + 1);
    pause = pause.multipliedBy(1L << failures);
    pausedUntil = now.plus(pause.compareTo(settings.every()) > 0 ? settings.every() : pause);
  }
}

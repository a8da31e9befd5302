package dev.eddy.trainer.guard;

import static java.util.Objects.requireNonNull;

import dev.eddy.event.Coordinates;
import org.jspecify.annotations.Nullable;

/**
 * Is this the new normal? Asked of an entity that has stayed extreme.
 *
 * @param since event time from which on it is, milliseconds since the epoch
 * @param until event time of its last record that was looked at
 * @param rows records of it that were looked at
 * @param example a record to label: {@code new-normal} accepts, an anomaly's verdict refuses
 * @param answer what holds now
 * @param answerBy event time at which the question answers itself; null: never
 */
public record Question(
    String entity,
    long since,
    long until,
    int rows,
    Coordinates example,
    Answer answer,
    @Nullable Long answerBy) {

  /** What holds. */
  public enum Answer {
    /** Nobody has answered: its records are not trained on. */
    OPEN,
    /** Its records are trained on. */
    ACCEPTED,
    /** Its records are not trained on, and will not be. */
    REFUSED
  }

  /** Checks that the parts are there. */
  public Question {
    requireNonNull(entity, "entity");
    requireNonNull(example, "example");
    requireNonNull(answer, "answer");
  }
}

package dev.eddy.cli.demo;

import dev.eddy.trainer.TrainerStatus;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo stands at one moment.
 *
 * @param unreadable events that were cut off on purpose
 * @param perSecond events over the time since the first one, up to the last score
 * @param scoring the model that gave the latest score
 * @param champion the version that serves; null: none
 * @param auroc of the scores so far; empty where no truth is known
 * @param baselineAuroc likewise, of the baselines alone
 */
record Snapshot(
    long events,
    long unreadable,
    long scored,
    long deadLetters,
    double perSecond,
    long alerts,
    long labels,
    long synthetic,
    int versions,
    String scoring,
    @Nullable String champion,
    TrainerStatus trainer,
    int episodes,
    OptionalDouble precision,
    OptionalDouble recall,
    OptionalDouble auroc,
    OptionalDouble baselineAuroc) {}

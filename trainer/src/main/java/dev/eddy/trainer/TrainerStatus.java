package dev.eddy.trainer;

import dev.eddy.registry.ModelVersion;
import dev.eddy.trainer.training.LearningCurves;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the trainer stands, for people.
 *
 * @param recordsSeen events that were read from the source topic
 * @param malformed records that could not be read
 * @param labels labels that are known, by verdict
 * @param classes rows of the training set by class; rows without a label under {@code unlabelled}
 * @param setSize rows of the training set
 * @param training whether a training runs now
 * @param trainings trainings that were finished, whatever their outcome
 * @param lastVersion the version of the last training; null: none by this process
 * @param lastGate what the gate said of it, in one sentence; null: none yet
 * @param progress the last step of the training that runs; null: none runs
 * @param drift what has drifted since the champion was trained; null: nothing
 * @param leads whether it is this one of the stream's trainers that trains
 */
public record TrainerStatus(
    long recordsSeen,
    long malformed,
    Map<String, Long> labels,
    SortedMap<String, Integer> classes,
    int setSize,
    boolean training,
    int trainings,
    @Nullable ModelVersion lastVersion,
    @Nullable String lastGate,
    LearningCurves.@Nullable Point progress,
    @Nullable String drift,
    boolean leads) {
  /** Before anything was read. */
  static final TrainerStatus NOTHING =
      new TrainerStatus(
          0, 0, Map.of(), new TreeMap<>(), 0, false, 0, null, null, null, null, false);

  /** Copies the maps. */
  public TrainerStatus {
    labels = Map.copyOf(labels);
    classes = new TreeMap<>(classes);
  }
}

package dev.eddy.trainer.training;

import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the registry's verdicts tell of the trainings of a stream, whichever process they ran in. A
 * training that failed before there was anything to judge has left no verdict.
 */
public final class TrainingLog {

  /**
   * One training.
   *
   * @param judged when the gate judged its candidate
   * @param ended when the last version came out of it: its generator comes later
   */
  public record Past(Instant judged, Instant ended) {}

  private TrainingLog() {}

  /** Returns the trainings in the order of the verdicts. */
  public static List<Past> of(List<ModelVerdict> verdicts) {
    List<Past> trainings = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (ModelVerdict verdict : verdicts) {
      Instant at = Instant.ofEpochMilli(verdict.getTimestamp());
      Integer detector = isSameWithGenerator(verdict) ? places.get(verdict.getChampion()) : null;
      if (detector == null) {
        places.put(verdict.getVersion(), trainings.size());
        trainings.add(new Past(at, at));
      } else {
        trainings.set(detector, new Past(trainings.get(detector).judged(), at));
      }
    }
    return trainings;
  }

  /** Returns the versions that have the detector of this one, with its generator and without. */
  public static Set<String> sameDetector(List<ModelVerdict> verdicts, ModelVersion version) {
    Map<String, String> detectors = new HashMap<>();
    verdicts.stream()
        .filter(TrainingLog::isSameWithGenerator)
        .forEach(verdict -> detectors.put(verdict.getVersion(), verdict.getChampion()));
    String detector = detectors.getOrDefault(version.value(), version.value());
    Set<String> same = new HashSet<>(List.of(version.value(), detector));
    detectors.forEach(
        (with, without) -> {
          if (without.equals(detector)) {
            same.add(with);
          }
        });
    return same;
  }

  /** Of a detector that comes again with its generator nothing is checked once more. */
  private static boolean isSameWithGenerator(ModelVerdict verdict) {
    return verdict.getChecks().isEmpty() && verdict.getChampion() != null;
  }
}

package dev.eddy.benchmarks.detection;

import dev.eddy.evaluation.DetectionReport;
import dev.eddy.evaluation.FalseAlarms;
import dev.eddy.evaluation.Quality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One training and what was measured after it.
 *
 * @param detectors the parts that were on, if not the default ones; null: those
 * @param figures by method: {@link #EDDY}, each of its parts, and the reference methods
 * @param falseAlarms promised and realised
 */
record DetectionRun(
    String set,
    String setting,
    long seed,
    @Nullable String detectors,
    Map<String, Quality> figures,
    List<FalseAlarms> falseAlarms,
    double trainSeconds,
    double scoreRowsPerSecond) {
  static final String EDDY = "Eddy";

  static DetectionRun of(
      String set, String setting, long seed, @Nullable String detectors, DetectionReport report) {
    Map<String, Quality> figures = new LinkedHashMap<>();
    figures.put(EDDY, report.fused());
    figures.putAll(report.references());
    figures.putAll(report.detectors());
    return new DetectionRun(
        set,
        setting,
        seed,
        detectors,
        figures,
        report.falseAlarms(),
        report.trainSeconds(),
        report.scoreRowsPerSecond());
  }

  /** Returns whether this is the run that is asked for. */
  boolean is(String set, String setting, long seed, @Nullable String detectors) {
    return this.set.equals(set)
        && this.setting.equals(setting)
        && this.seed == seed
        && isOf(detectors);
  }

  /** Returns whether it was made with these parts. */
  boolean isOf(@Nullable String detectors) {
    return Objects.equals(this.detectors, detectors);
  }
}

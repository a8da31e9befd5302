package dev.eddy.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one evaluation of series found.
 *
 * @param series in the order of their first rows
 * @param trainSeconds for the encoder and all parts
 * @param scoreRowsPerSecond of one thread, with all parts
 * @param fused quality of the score that alerts go by, on all rows that were not learned from
 * @param detectors quality of each part's score on the same rows, by name
 */
public record SeriesReport(
    List<SeriesScores> series,
    double trainSeconds,
    double scoreRowsPerSecond,
    Quality fused,
    Map<String, Quality> detectors) {

  /** Copies the collections. */
  public SeriesReport {
    series = List.copyOf(series);
    detectors = Collections.unmodifiableMap(new LinkedHashMap<>(detectors));
  }
}

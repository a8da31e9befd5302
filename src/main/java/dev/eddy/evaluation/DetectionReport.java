package dev.eddy.evaluation;

import dev.eddy.model.ModelDevice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one evaluation found.
 *
 * @param labelledAnomalies training anomalies that the detector was told of
 * @param device where it ran
 * @param trainSeconds for the encoder and all parts
 * @param scoreRowsPerSecond of one thread, with all parts
 * @param fused quality of the score that alerts go by
 * @param recallAtPrecision90 most anomalies that a threshold finds whose alarms are right nine
 *     times of ten
 * @param detectors quality of each part's score, by name
 * @param references quality of well-known methods on the same rows, by name; empty if not asked for
 * @param falseAlarms promised and realised
 * @param recallByClass share of each class's anomalies that the threshold {@link #ALARM} finds
 */
public record DetectionReport(
    int trainingRows,
    int testRows,
    int testAnomalies,
    int labelledAnomalies,
    ModelDevice device,
    double trainSeconds,
    double scoreRowsPerSecond,
    Quality fused,
    double recallAtPrecision90,
    Map<String, Quality> detectors,
    Map<String, Quality> references,
    List<FalseAlarms> falseAlarms,
    Map<String, Double> recallByClass) {
  /** The p-value at which {@link #recallByClass} is counted: one false alarm in a hundred. */
  public static final double ALARM = 0.01;

  /** Copies the collections. */
  public DetectionReport {
    detectors = Collections.unmodifiableMap(new LinkedHashMap<>(detectors));
    references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
    falseAlarms = List.copyOf(falseAlarms);
    recallByClass = Collections.unmodifiableMap(new LinkedHashMap<>(recallByClass));
  }
}

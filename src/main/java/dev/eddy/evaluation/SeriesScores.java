package dev.eddy.evaluation;

import java.util.List;

/**
 * What the detector says of one entity's rows, in their order.
 *
 * @param learned how many of the first rows the detector learned from
 * @param anomalous the truth of each row
 * @param times event time of each row, milliseconds since the epoch
 * @param scores -ln of the p-value of each row
 */
@SuppressWarnings(
    "ArrayRecordComponent") // handed on within one evaluation; equality is never asked
public record SeriesScores(
    String entity, int learned, boolean[] anomalous, long[] times, double[] scores) {

  static SeriesScores of(List<LabelledObservation> rows, int learned, double[] scores) {
    boolean[] anomalous = new boolean[rows.size()];
    long[] times = new long[rows.size()];
    for (int row = 0; row < scores.length; row++) {
      anomalous[row] = rows.get(row).anomalous();
      times[row] = rows.get(row).observation().event().timestampMillis();
    }
    return new SeriesScores(
        rows.get(0).observation().event().entity(), learned, anomalous, times, scores);
  }
}

package dev.eddy.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo prints with {@code --json}.
 *
 * @param events records written to the source topic, those that were cut off on purpose included
 * @param scored source records with a score, counted by a read_committed consumer of the scores
 * @param deadLetters records on the dead-letter topic
 * @param repeatedScores scores of a record that had one already; 0 with exactly-once
 * @param alerts alerts on the topic
 * @param labels labels that the stand-in for the engineer on call gave
 * @param synthetic synthetic records on the topic
 * @param modelVersions whole versions in the registry
 * @param championVersion the one that serves; null: none
 * @param recordsPerSecond events over the time from the first event to the last score: the pace of
 *     the replay, not a measure of speed
 * @param auroc of the fused score of every record as it was given at the time, before any label of
 *     that record; null where no truth is known
 * @param auprc likewise
 * @param baselineAuroc of the baselines alone on the same records
 * @param baselineAuprc likewise
 * @param precision share of the alerts that opened in a fault's episode
 * @param recall share of the episodes that an alert opened in
 * @param faultRecall figures by kind of fault
 * @param firstAlertSeconds from the start of the process to the first alert; null: none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record DemoReport(
    long events,
    long scored,
    long deadLetters,
    long repeatedScores,
    long alerts,
    long labels,
    long synthetic,
    int modelVersions,
    @Nullable String championVersion,
    double recordsPerSecond,
    @Nullable Double auroc,
    @Nullable Double auprc,
    @Nullable Double baselineAuroc,
    @Nullable Double baselineAuprc,
    @Nullable Double precision,
    @Nullable Double recall,
    Map<String, FaultFigures> faultRecall,
    @Nullable Double firstAlertSeconds) {

  /**
   * How well one kind of fault was found.
   *
   * @param records its records
   * @param recordRecall share of them that scored above 99 of 100 normal records of the replay
   * @param episodes its episodes
   * @param episodeRecall share of them that an alert opened in
   * @param auroc of its records against all normal records
   */
  record FaultFigures(
      int records,
      double recordRecall,
      int episodes,
      double episodeRecall,
      @Nullable Double auroc) {}

  /** Writes one JSON object. */
  String toJson() {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

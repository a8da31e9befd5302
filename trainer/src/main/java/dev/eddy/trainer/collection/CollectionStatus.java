package dev.eddy.trainer.collection;

import dev.eddy.schema.Verdict;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a {@link Collector} has seen and holds.
 *
 * @param events records that could be read
 * @param malformed records that could not
 * @param appliedLabels labels that met their record, each replacement counted
 * @param goneLabels labels whose record was nowhere any more
 * @param conflictingLabels labels that say otherwise than another person's on the same record
 * @param wantedRecords labelled records that wait to be fetched
 * @param verdicts records by the verdict that they have now
 * @param champion what people said of the champion's alerts, and of records that came after those
 *     that it saw
 * @param classes rows of the training set by class
 * @param rows rows of the training set
 * @param full whether the training set holds as much as it may
 */
public record CollectionStatus(
    long events,
    long malformed,
    long appliedLabels,
    long goneLabels,
    long conflictingLabels,
    int wantedRecords,
    Map<Verdict, Long> verdicts,
    VerdictTally champion,
    SortedMap<String, Integer> classes,
    int rows,
    boolean full) {}

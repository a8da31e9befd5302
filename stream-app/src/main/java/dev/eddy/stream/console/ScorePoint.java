package dev.eddy.stream.console;

/**
 * One point of the live chart.
 *
 * @param at when the record was scored, milliseconds since the epoch
 * @param timestamp its event time, milliseconds since the epoch
 * @param score fused score, -ln of its p-value
 */
public record ScorePoint(long at, long timestamp, String entity, double score) {}

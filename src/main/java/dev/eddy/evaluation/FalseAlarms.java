package dev.eddy.evaluation;

/**
 * What was promised of normal rows, and what came.
 *
 * @param promised share of normal rows whose p-value is at most this
 * @param realised share of the normal test rows of which it was so
 */
public record FalseAlarms(double promised, double realised) {}

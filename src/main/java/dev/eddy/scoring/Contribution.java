package dev.eddy.scoring;

import org.jspecify.annotations.Nullable;

/**
 * One field's part in a score.
 *
 * @param feature name of the source field
 * @param value as found, in source units; null when missing
 * @param expected what the model expected instead, in source units; null when it expected none
 * @param contribution share of the score, in [0, 1]; the shares of one explanation sum to 1
 */
public record Contribution(
    String feature, @Nullable String value, @Nullable String expected, double contribution) {}

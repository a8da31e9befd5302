package dev.eddy.scoring;

import org.jspecify.annotations.Nullable;

/**
 * One field's part in a score.
 *
 * @param feature name of the source field
 * @param value as found, in source units; null when missing
 * @param expected what was expected instead, in source units; null when nothing was
 * @param normal the value nearest to the one found with which the record would be normal, all other
 *     fields as they are; in source units. Null where no value of this field alone makes it normal,
 *     where it is normal already, and for fields that count too little to be looked at
 * @param contribution share of the score, in [0, 1]; the shares of one explanation sum to 1
 */
public record Contribution(
    String feature,
    @Nullable String value,
    @Nullable String expected,
    @Nullable String normal,
    double contribution) {}

package dev.eddy.augmentation;

import org.jspecify.annotations.Nullable;

/**
 * One generated record, before it is written in the source's format.
 *
 * @param entity the entity that it is attributed to
 * @param numbers in the order of the definition's numbers; NaN: missing
 * @param categories in the order of the definition's categories; null: missing
 * @param labelClass the class that was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between generator and codec
public record SyntheticRow(
    String entity, double[] numbers, @Nullable String[] categories, String labelClass) {}

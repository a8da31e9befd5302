/**
 * {@code eddy synthesize}: a file of records in, synthetic records of the same columns out, with a
 * report on how good they are. What a column is, is found here; generators know typed rows only.
 */
@NullMarked
package dev.eddy.cli.synthesize;

import org.jspecify.annotations.NullMarked;

/**
 * How good synthetic records are: likeness, use, coverage and privacy, each measured against real
 * records that nobody trained on. Knows tables, and no generator.
 */
@NullMarked
package dev.eddy.evaluation.quality;

import org.jspecify.annotations.NullMarked;

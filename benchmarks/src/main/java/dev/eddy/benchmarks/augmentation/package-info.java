/** Synthetic records against real ones, on public data sets. */
@NullMarked
package dev.eddy.benchmarks.augmentation;

import org.jspecify.annotations.NullMarked;

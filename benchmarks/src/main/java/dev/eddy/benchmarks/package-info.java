/** Benchmarks that run against the real thing, each behind {@code eddy bench}. */
@NullMarked
package dev.eddy.benchmarks;

import org.jspecify.annotations.NullMarked;

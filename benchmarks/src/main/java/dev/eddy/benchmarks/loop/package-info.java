/** {@code eddy bench loop}: what the loop of labels, trainings and promotions does over time. */
@NullMarked
package dev.eddy.benchmarks.loop;

import org.jspecify.annotations.NullMarked;

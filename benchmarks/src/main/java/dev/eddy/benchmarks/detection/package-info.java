/** How well the detector does on public sets of labelled rows, beside well-known methods. */
@NullMarked
package dev.eddy.benchmarks.detection;

import org.jspecify.annotations.NullMarked;

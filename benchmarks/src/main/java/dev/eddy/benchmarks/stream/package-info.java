/** {@code eddy bench stream}: what scoring costs a topology, by what it scores with. */
@NullMarked
package dev.eddy.benchmarks.stream;

import org.jspecify.annotations.NullMarked;

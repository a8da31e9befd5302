/** Every meter of the stream-app, in one place; a leaf that knows none of the others. */
@NullMarked
package dev.eddy.stream.metrics;

import org.jspecify.annotations.NullMarked;

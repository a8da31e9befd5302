/** The stream-app: wires topology, models, alerts, console and metrics into one process. */
@NullMarked
package dev.eddy.stream;

import org.jspecify.annotations.NullMarked;

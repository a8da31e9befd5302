/**
 * The model that serves: loaded, verified and warmed outside the stream's way, and swapped between
 * two micro-batches.
 */
@NullMarked
package dev.eddy.stream.model;

import org.jspecify.annotations.NullMarked;

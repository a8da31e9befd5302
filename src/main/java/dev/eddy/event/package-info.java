/**
 * Events and the codecs that make them from bytes and back. What cannot be read is a value with a
 * reason, never an exception.
 */
@NullMarked
package dev.eddy.event;

import org.jspecify.annotations.NullMarked;

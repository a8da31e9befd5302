/** Watches the stream for drift from what the champion was trained on, and reports it. */
@NullMarked
package dev.eddy.trainer.drift;

import org.jspecify.annotations.NullMarked;

/** Whether a candidate may become champion: both are measured on the same held-out rows. */
@NullMarked
package dev.eddy.trainer.gate;

import org.jspecify.annotations.NullMarked;

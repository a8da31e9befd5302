/** When to train, on which rows, and one training from snapshot to promotion. */
@NullMarked
package dev.eddy.trainer.training;

import org.jspecify.annotations.NullMarked;

/** What keeps anomalies that nobody labelled from being learned as normal. */
@NullMarked
package dev.eddy.trainer.guard;

import org.jspecify.annotations.NullMarked;

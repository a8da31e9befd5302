/** Whether a stream still looks like what a model was trained on, feature by feature. */
@NullMarked
package dev.eddy.drift;

import org.jspecify.annotations.NullMarked;

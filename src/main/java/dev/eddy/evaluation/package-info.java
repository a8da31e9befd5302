/** How good a score is: metrics and the protocols under which they are measured. */
@NullMarked
package dev.eddy.evaluation;

import org.jspecify.annotations.NullMarked;

/** The trainer: collects, trains, gates and promotes. */
@NullMarked
package dev.eddy.trainer;

import org.jspecify.annotations.NullMarked;

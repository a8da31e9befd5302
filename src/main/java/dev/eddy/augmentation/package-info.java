/**
 * Synthetic records of a class: the token encoding, the generators, and the gate before anyone
 * receives a record.
 */
@NullMarked
package dev.eddy.augmentation;

import org.jspecify.annotations.NullMarked;

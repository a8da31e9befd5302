/**
 * Discriminators that detect, and how they are trained against noise, generated rows and labels.
 */
@NullMarked
package dev.eddy.model.gan;

import org.jspecify.annotations.NullMarked;

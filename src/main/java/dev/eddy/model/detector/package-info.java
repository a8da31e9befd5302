/**
 * The detecting networks together, as one recipe: two variational autoencoders and the
 * discriminators, trained one after the other and scored on the same batch.
 */
@NullMarked
package dev.eddy.model.detector;

import org.jspecify.annotations.NullMarked;

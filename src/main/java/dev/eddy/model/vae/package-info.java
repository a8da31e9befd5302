/** The variational autoencoder that detects, and how it is trained on contaminated data. */
@NullMarked
package dev.eddy.model.vae;

import org.jspecify.annotations.NullMarked;

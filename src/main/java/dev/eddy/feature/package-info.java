/**
 * From events to numbers: the bounded context of each entity, and the encoder that the trainer fits
 * and the model carries. The stream-app and the trainer use the very same classes.
 */
@NullMarked
package dev.eddy.feature;

import org.jspecify.annotations.NullMarked;

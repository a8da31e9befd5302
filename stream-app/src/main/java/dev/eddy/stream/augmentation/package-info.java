/**
 * Answers augmentation requests with the champion's generator: synthetic records in the source's
 * own format, or a rejection with its reasons.
 */
@NullMarked
package dev.eddy.stream.augmentation;

import org.jspecify.annotations.NullMarked;

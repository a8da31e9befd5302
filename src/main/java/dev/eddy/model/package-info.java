/**
 * What every network here shares: device, engine set-up, layers, optimisation, tensors on disk.
 * Native memory stays inside this package and its children.
 */
@NullMarked
package dev.eddy.model;

import org.jspecify.annotations.NullMarked;

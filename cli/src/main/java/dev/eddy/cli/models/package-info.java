/** {@code eddy models}: which models there are, and which one serves. */
@NullMarked
package dev.eddy.cli.models;

import org.jspecify.annotations.NullMarked;

/** {@code eddy replay}: a file of records into the source topic. */
@NullMarked
package dev.eddy.cli.replay;

import org.jspecify.annotations.NullMarked;

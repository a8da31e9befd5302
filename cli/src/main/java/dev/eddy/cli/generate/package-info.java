/** {@code eddy generate}: synthetic records from the champion, through the topics. */
@NullMarked
package dev.eddy.cli.generate;

import org.jspecify.annotations.NullMarked;

/** {@code eddy evaluate}: how well the detector does on a labelled file, without Kafka. */
@NullMarked
package dev.eddy.cli.evaluate;

import org.jspecify.annotations.NullMarked;

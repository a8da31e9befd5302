/**
 * {@code eddy demo}: the whole loop in one process, on real telemetry of which the truth is known.
 *
 * <p>What stands in for people is named as such: {@link dev.eddy.cli.demo.OnCall} labels from the
 * recorded truth, {@link dev.eddy.cli.demo.SyntheticCustomer} asks for synthetic records.
 * Everything else is what runs in production.
 */
@NullMarked
package dev.eddy.cli.demo;

import org.jspecify.annotations.NullMarked;

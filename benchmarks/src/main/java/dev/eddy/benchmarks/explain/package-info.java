/**
 * {@code eddy bench explain}: explanations of records with one planted wrong field, and whether
 * p-values keep their promise on normal records.
 */
@NullMarked
package dev.eddy.benchmarks.explain;

import org.jspecify.annotations.NullMarked;

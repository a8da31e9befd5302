/**
 * The balancer: counts the classes of the labelled stream, and asks for the synthetic records that
 * a declared balance lacks. Counts and requests go through topics, so exactly one task asks.
 */
@NullMarked
package dev.eddy.stream.balance;

import org.jspecify.annotations.NullMarked;

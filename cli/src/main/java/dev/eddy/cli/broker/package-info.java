/**
 * A Kafka broker of one node inside this process: real, on loopback, in a folder that goes with it.
 */
@NullMarked
package dev.eddy.cli.broker;

import org.jspecify.annotations.NullMarked;

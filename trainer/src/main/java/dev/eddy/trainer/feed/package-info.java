/** The trainer's Kafka clients: what comes in, what is fetched, and what is kept as labelled. */
@NullMarked
package dev.eddy.trainer.feed;

import org.jspecify.annotations.NullMarked;

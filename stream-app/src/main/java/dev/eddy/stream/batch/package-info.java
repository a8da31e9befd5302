/**
 * Micro-batches inside Kafka Streams that lose nothing: the hook that runs before each commit, and
 * the batch that is open between two of them. The only place that knows Kafka Streams' internals.
 */
@NullMarked
package dev.eddy.stream.batch;

import org.jspecify.annotations.NullMarked;

/**
 * What the trainer remembers of the stream: the training set, recent records, labels and the
 * context of each entity; all of it bounded. Nothing here knows Kafka.
 */
@NullMarked
package dev.eddy.trainer.collection;

import org.jspecify.annotations.NullMarked;

/**
 * The one place in this module that knows Kafka clients: topic names, client settings,
 * serialization and the registry on a topic.
 */
@NullMarked
package dev.eddy.kafka;

import org.jspecify.annotations.NullMarked;

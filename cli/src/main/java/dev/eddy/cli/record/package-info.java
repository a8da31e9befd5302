/**
 * Records this host's telemetry with labelled faults: sampling, fault injection and writing.
 * Nothing here knows Kafka or a model; a recording is a plain file, and a live sample a plain
 * value.
 */
@NullMarked
package dev.eddy.cli.record;

import org.jspecify.annotations.NullMarked;

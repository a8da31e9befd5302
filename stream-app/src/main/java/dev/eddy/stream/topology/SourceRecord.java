package dev.eddy.stream.topology;

import dev.eddy.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event together with the bytes that it was read from: these go to the dead letters when it
 * cannot be scored.
 *
 * @param key the source record's key
 * @param value the source record's value
 * @param event what they say
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two processors
record SourceRecord(byte @Nullable [] key, byte[] value, Event event) {}

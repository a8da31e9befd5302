package dev.eddy.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * One record for the source topic, and what is known of it beside the topic.
 *
 * @param host the entity: the record's key
 * @param value the record's bytes
 * @param fault kind of the injected fault; null: none, or nobody knows
 * @param episode which episode of the fault, distinct over hosts and passes; null without a fault
 * @param readable whether the bytes are whole: a few are cut off on purpose
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between a source and the topic
record DemoEvent(
    String host,
    byte[] value,
    @Nullable String fault,
    @Nullable String episode,
    boolean readable) {}

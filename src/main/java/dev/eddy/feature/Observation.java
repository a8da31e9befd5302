package dev.eddy.feature;

import dev.eddy.event.Event;

/**
 * An event together with what its entity's context makes of it: everything an {@link Encoder} sees.
 *
 * @param event the event
 * @param context the context's numbers for this event, in the order of {@link
 *     ContextLayout#columns()}; NaN where the context does not know yet. Nobody changes it.
 */
@SuppressWarnings("ArrayRecordComponent") // one per record of the stream; equality is never asked
public record Observation(Event event, double[] context) {}

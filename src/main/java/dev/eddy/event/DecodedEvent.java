package dev.eddy.event;

/** What bytes turned out to be: an {@link Event}, or {@link Malformed} with the reason. */
public sealed interface DecodedEvent permits Event, Malformed {}

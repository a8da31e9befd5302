package dev.eddy.event;

import dev.eddy.definition.StreamDefinition;

/** Finds the codec of a stream's source format. */
public final class EventCodecs {
  private EventCodecs() {}

  /** Makes the codec of the definition's format; one for each thread. */
  public static EventCodec of(StreamDefinition definition) {
    throw new IllegalStateException("under construction: " + definition);
  }
}

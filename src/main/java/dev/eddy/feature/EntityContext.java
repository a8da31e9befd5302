package dev.eddy.feature;

import dev.eddy.event.Event;

/**
 * What is remembered of one entity: bounded, whatever the length of its history. The state store
 * keeps its bytes; the trainer computes it anew from the same records in the same order.
 */
public final class EntityContext {
  private EntityContext() {}

  /** Makes the context of an entity that was never seen. */
  public static EntityContext empty(ContextLayout layout) {
    throw new IllegalStateException("under construction: ");
  }

  /** Reads the context back; the layout must be the one that it was written with. */
  public static EntityContext fromBytes(ContextLayout layout, byte[] bytes) {
    throw new IllegalStateException("under construction: " + bytes.length);
  }

  /** Writes the context. */
  public byte[] toBytes() {
    throw new IllegalStateException("under construction");
  }

  /** Observes an event: says what the past makes of it, and then remembers it. */
  public Observation observe(Event event) {
    throw new IllegalStateException("under construction: ");
  }
}

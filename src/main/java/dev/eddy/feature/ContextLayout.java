package dev.eddy.feature;

import dev.eddy.definition.StreamDefinition;
import java.util.List;

/** Which numbers an entity's context makes of an event, by the stream definition. */
public final class ContextLayout {
  private final List<ContextColumn> columns;

  private ContextLayout(List<ContextColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Lays out the context that a definition asks for. */
  public static ContextLayout of(StreamDefinition definition) {
    return new ContextLayout(List.of());
  }

  /** Returns the context's numbers, in order. */
  public List<ContextColumn> columns() {
    return columns;
  }
}

package dev.eddy.feature;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small definitions and events for tests of this package. */
final class ContextFixture {
  private static final Coordinates SOMEWHERE = new Coordinates("source", 0, 0);

  private ContextFixture() {}

  static StreamDefinition definition(Context context, Feature... features) {
    return StreamDefinition.of(
            "test", new Source("source", Format.JSON, "host", "ts", List.of()), List.of(features))
        .withContext(context);
  }

  static Event event(double number) {
    return event(new double[] {number}, new @Nullable String[0]);
  }

  static Event event(double[] numbers, @Nullable String[] categories) {
    return new Event(SOMEWHERE, "host-1", 1_700_000_000_000L, numbers, categories, null);
  }
}

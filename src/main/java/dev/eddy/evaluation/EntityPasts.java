package dev.eddy.evaluation;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContexts;
import dev.eddy.feature.Observation;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pasts of the entities of a file, and of one that follows it. There an entity's past goes on,
 * as in production, unless its first row is older than what the first file has of it: then its rows
 * do not follow one another, and it starts anew. Without times the order of the files counts.
 */
final class EntityPasts {
  private static final int MOST_ENTITIES = 100_000;
  private static final float LOAD_FACTOR = 0.75f;

  private final boolean timed;
  private final EntityContexts goingOn;
  private final EntityContexts anew;

  /** The latest time of each entity; of one that was found to start anew, the end of all time. */
  private final Map<String, Long> latest =
      new LinkedHashMap<>(16, LOAD_FACTOR, /* accessOrder= */ true);

  private boolean follows;
  private long late;

  EntityPasts(StreamDefinition definition) {
    ContextLayout layout = ContextLayout.of(definition);
    this.timed = definition.source().timestamp() != null && !layout.columns().isEmpty();
    this.goingOn = new EntityContexts(layout, MOST_ENTITIES);
    this.anew = new EntityContexts(layout, MOST_ENTITIES);
  }

  /** The rows to come are those of the file that follows. */
  void follow() {
    follows = true;
  }

  /** Observes an event in its entity's past, and remembers it there. */
  Observation observe(Event event) {
    if (timed && !follows) {
      remember(event);
    }
    return (timed && follows && startsAnew(event) ? anew : goingOn).observe(event);
  }

  /** Returns how many events were older than one of their entity that was observed before. */
  long late() {
    return late;
  }

  private void remember(Event event) {
    long newest = latest.merge(event.entity(), event.timestampMillis(), Math::max);
    late += event.timestampMillis() < newest ? 1 : 0;
    if (latest.size() > MOST_ENTITIES) {
      Iterator<String> quietest = latest.keySet().iterator();
      quietest.next();
      quietest.remove();
    }
  }

  /** An entity's first row decides for all that come after it. */
  private boolean startsAnew(Event event) {
    Long last = latest.get(event.entity());
    if (last == null) {
      return false;
    }
    if (event.timestampMillis() < last) {
      latest.put(event.entity(), Long.MAX_VALUE);
      return true;
    }
    latest.remove(event.entity());
    return false;
  }
}

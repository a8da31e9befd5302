package dev.eddy.feature;

import dev.eddy.event.Event;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The context of each entity, computed from the stream as the stream-app computes it. At its limit
 * the entity that was quiet for longest starts anew when it returns.
 */
public final class EntityContexts {
  private static final float LOAD_FACTOR = 0.75f;
  private static final long MOST_BYTES = 256L << 20;

  private final ContextLayout layout;
  private final int limit;
  private final Map<Place, EntityContext> contexts =
      new LinkedHashMap<>(16, LOAD_FACTOR, /* accessOrder= */ true);

  /** The stream-app keeps the contexts of each partition apart, and so must what it learns from. */
  private record Place(int partition, String entity) {}

  /**
   * Makes contexts of entities that were never seen.
   *
   * @param limit entities to remember at most; fewer where their memories would take more than 256
   *     MiB
   */
  public EntityContexts(ContextLayout layout, int limit) {
    this.layout = layout;
    this.limit = layout.entitiesWithin(MOST_BYTES, limit);
  }

  /** Observes an event in its entity's context, and remembers it there. */
  public Observation observe(Event event) {
    Observation observation =
        contexts
            .computeIfAbsent(
                new Place(event.coordinates().partition(), event.entity()),
                place -> EntityContext.empty(layout))
            .observe(event);
    if (contexts.size() > limit) {
      Iterator<EntityContext> quietest = contexts.values().iterator();
      quietest.next();
      quietest.remove();
    }
    return observation;
  }

  /** Observes an event of which the context is not known any more. */
  public Observation observeAlone(Event event) {
    double[] unknown = new double[layout.columns().size()];
    Arrays.fill(unknown, Double.NaN);
    return new Observation(event, unknown);
  }
}

package dev.eddy.stream.topology;

import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.Observation;
import dev.eddy.stream.batch.CommitHook;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The contexts of one task's entities. The most recently used ones are kept ready on the heap and
 * written to the store before each commit: an entity with a thousand records between two commits
 * costs one write and one record on the changelog. An instance belongs to one thread.
 */
final class EntityContexts {
  /** Contexts kept ready; with 30 numbers each takes about one kilobyte. */
  static final int READY = 10_000;

  /** With seasons a context is a hundred times as large: then fewer are kept ready. */
  private static final long READY_BYTES = 64L << 20;

  private final ContextLayout layout;
  private final KeyValueStore<String, byte[]> store;
  private final CommitHook<?, ?> hook;
  private final Consumer<String> newcomers;
  private final boolean remembers;
  private final EntityContext forgetful;
  private final Map<String, Ready> ready;
  private final Set<Ready> changed = new LinkedHashSet<>();

  private static final class Ready {
    private final String entity;
    private final EntityContext context;
    private boolean changed;

    Ready(String entity, EntityContext context) {
      this.entity = entity;
      this.context = context;
    }
  }

  /**
   * Takes hold of a task's store; to be called in the processor's {@code init}.
   *
   * @param newcomers is told of each entity that was not ready
   */
  EntityContexts(ProcessorContext<?, ?> context, ContextLayout layout, Consumer<String> newcomers) {
    this(context, layout, newcomers, layout.entitiesWithin(READY_BYTES, READY));
  }

  EntityContexts(
      ProcessorContext<?, ?> context,
      ContextLayout layout,
      Consumer<String> newcomers,
      int capacity) {
    this.layout = layout;
    this.newcomers = newcomers;
    this.remembers = !layout.columns().isEmpty();
    this.forgetful = EntityContext.empty(layout);
    this.store = context.getStateStore(TopologyNames.ENTITY_CONTEXT);
    this.hook = CommitHook.install(context, TopologyNames.CONTEXT_HOOK, this::write);
    this.ready =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Ready> eldest) {
            if (size() <= capacity) {
              return false;
            }
            write(eldest.getValue());
            changed.remove(eldest.getValue()); // or it stays on the heap until the next commit
            return true;
          }
        };
  }

  /** Says what the entity's past makes of its event, and remembers the event. */
  Observation observe(Event event) {
    String entity = event.entity();
    Ready entry = ready.get(entity);
    if (entry == null) {
      entry = read(entity);
      ready.put(entity, entry);
    }
    if (!remembers) {
      return forgetful.observe(event);
    }
    if (!entry.changed) {
      entry.changed = true;
      changed.add(entry);
    }
    return entry.context.observe(event);
  }

  private Ready read(String entity) {
    newcomers.accept(entity);
    if (!remembers) {
      return new Ready(entity, forgetful);
    }
    byte[] bytes = store.get(entity);
    EntityContext context =
        bytes == null ? EntityContext.empty(layout) : EntityContext.fromBytes(layout, bytes);
    return new Ready(entity, context);
  }

  private void write() {
    changed.forEach(this::write);
    changed.clear();
  }

  private void write(Ready entry) {
    if (entry.changed) {
      store.put(entry.entity, entry.context.toBytes());
      entry.changed = false;
    }
  }

  /** Lets go of the task; to be called in the processor's {@code close}. */
  void close() {
    hook.uninstall(changed.size());
    changed.clear();
    ready.clear();
  }
}

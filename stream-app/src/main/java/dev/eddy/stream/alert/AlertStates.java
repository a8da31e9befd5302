package dev.eddy.stream.alert;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The alert states of one task's entities, of those alone that do not behave: on the heap, and in
 * the store as soon as one changes. An instance belongs to one thread.
 */
final class AlertStates {
  /** More entities than this never misbehave at once, unless something is wrong with all. */
  private static final int CAPACITY = 100_000;

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, AlertState> states;

  /** Reads what the store holds. */
  AlertStates(KeyValueStore<String, byte[]> store) {
    this.store = store;
    this.states =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, AlertState> eldest) {
            if (size() <= CAPACITY) {
              return false;
            }
            store.delete(eldest.getKey());
            return true;
          }
        };
    try (KeyValueIterator<String, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        states.put(entry.key, AlertState.fromBytes(entry.value));
      }
    }
  }

  AlertState of(String entity) {
    return states.getOrDefault(entity, AlertState.CALM);
  }

  /** Changes a state. What a restart need not know stays on the heap. */
  void put(String entity, AlertState next) {
    AlertState previous =
        next.equals(AlertState.CALM) ? states.remove(entity) : states.put(entity, next);
    if (next.isWorthKeeping()) {
      store.put(entity, next.toBytes());
    } else if (previous != null && previous.isWorthKeeping()) {
      store.delete(entity);
    }
  }
}

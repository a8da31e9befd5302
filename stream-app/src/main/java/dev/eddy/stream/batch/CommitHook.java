package dev.eddy.stream.batch;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets a processor hold records back and still lose none: its action runs before Kafka Streams
 * commits the task, and what the action forwards is part of that commit.
 *
 * <p>To Streams a record is done when {@code process} returns, so it may commit the offset of a
 * record that a processor still holds. Its own caches have the same problem and are flushed first:
 * {@code StreamTask.prepareCommit} calls {@code ProcessorStateManager.flushCache}, which calls each
 * store that is a {@link CachedStateStore}, and only then flushes the producer and takes the
 * offsets. The hook is such a store, with no data and no changelog. It runs on every way to a
 * commit: by interval, on request, before a rebalance takes the task away, and on a clean close.
 *
 * <p>No node is current in that call and the record context is some other record's, so the hook
 * sets both around the action and puts them back. Stores that the action writes to must not be
 * cached: their caches may have been flushed already.
 *
 * <p>This class alone knows internals of Kafka Streams (read in 4.3.1); its test runs a real task
 * and fails when they change. An instance belongs to one processor of one task.
 *
 * @param <K> key that the processor forwards
 * @param <V> value that the processor forwards
 */
public final class CommitHook<K, V> {
  private final InternalProcessorContext<K, V> context;
  private final ProcessorNode<?, ?, ?, ?> node;
  private final HookStore store;

  private CommitHook(
      InternalProcessorContext<K, V> context, ProcessorNode<?, ?, ?, ?> node, HookStore store) {
    this.context = context;
    this.node = node;
    this.store = store;
  }

  /** The record context that a held record came with: coordinates, timestamp, headers. */
  public static final class Origin {
    private final ProcessorRecordContext context;

    private Origin(ProcessorRecordContext context) {
      this.context = context;
    }
  }

  /**
   * Builds the hook's store; it must be connected to the processor under this name.
   *
   * @param name unique in the topology; there will be no topic for it
   */
  public static StoreBuilder<StateStore> storeBuilder(String name) {
    return new HookStoreBuilder(name);
  }

  /**
   * Takes hold of a task's commits; to be called in the processor's {@code init}.
   *
   * @param beforeCommit forwards everything that is held; runs through {@link #run}
   * @throws IllegalStateException if this version of Kafka Streams is not built as expected
   */
  public static <K, V> CommitHook<K, V> install(
      ProcessorContext<K, V> context, String storeName, Runnable beforeCommit) {
    if (!(context instanceof InternalProcessorContext)) {
      throw new IllegalStateException(
          "processor context must be an InternalProcessorContext, got " + context.getClass());
    }
    StateStore store = context.getStateStore(storeName);
    if (!(store instanceof HookStore hookStore)) {
      throw new IllegalStateException(
          "store %s must come as it was built, got %s".formatted(storeName, store.getClass()));
    }
    var internal = (InternalProcessorContext<K, V>) context;
    ProcessorNode<?, ?, ?, ?> node =
        requireNonNull(internal.currentNode(), "init must run with its node as the current one");
    var hook = new CommitHook<>(internal, node, hookStore);
    hookStore.beforeCommit = () -> hook.run(beforeCommit);
    return hook;
  }

  /** Returns where the record comes from that is being processed now. */
  public Origin origin() {
    return new Origin(context.recordContext());
  }

  /**
   * Runs an action that forwards held records: as this processor, and with node and record context
   * put back afterwards.
   */
  public void run(Runnable action) {
    ProcessorNode<?, ?, ?, ?> previousNode = context.currentNode();
    ProcessorRecordContext previousRecord = context.recordContext();
    context.setCurrentNode(node);
    try {
      action.run();
    } finally {
      context.setRecordContext(previousRecord);
      context.setCurrentNode(previousNode);
    }
  }

  /** Makes a held record the current one for what is forwarded next; only inside {@link #run}. */
  public void become(Origin origin) {
    context.setRecordContext(origin.context);
  }

  /**
   * Lets go of the task; to be called in the processor's {@code close}.
   *
   * @param held records that were held and are given up, as when the task's partitions are lost. If
   *     it is not 0, a commit after this fails, for it would lose them.
   */
  public void uninstall(int held) {
    store.beforeCommit =
        held == 0
            ? null
            : () -> {
              throw new IllegalStateException(
                  "commit must come before close, but %d held records were given up"
                      .formatted(held));
            };
  }

  /** A store of nothing that hears of commits. */
  private static final class HookStore implements StateStore, CachedStateStore<byte[], byte[]> {
    private final String name;
    private @Nullable Runnable beforeCommit;
    private boolean open;

    HookStore(String name) {
      this.name = name;
    }

    @Override
    public void flushCache() {
      if (beforeCommit != null) {
        beforeCommit.run();
      }
    }

    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(
        @Nullable CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
      return false;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
      beforeCommit = null;
      open = true;
      context.register(root, (key, value) -> {});
    }

    @Override
    public void close() {
      open = false;
    }

    @Override
    public boolean persistent() {
      return false;
    }

    @Override
    public boolean isOpen() {
      return open;
    }
  }

  private static final class HookStoreBuilder implements StoreBuilder<StateStore> {
    private final String name;

    HookStoreBuilder(String name) {
      this.name = name;
    }

    @Override
    public StateStore build() {
      return new HookStore(name);
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public StoreBuilder<StateStore> withCachingEnabled() {
      throw new UnsupportedOperationException("a commit hook holds nothing that could be cached");
    }

    @Override
    public StoreBuilder<StateStore> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<StateStore> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("a commit hook holds nothing that could be logged");
    }

    @Override
    public StoreBuilder<StateStore> withLoggingDisabled() {
      return this;
    }
  }
}

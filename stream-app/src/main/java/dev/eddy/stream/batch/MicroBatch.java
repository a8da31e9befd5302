package dev.eddy.stream.batch;

import static java.util.Objects.requireNonNull;

import dev.eddy.stream.batch.CommitHook.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Records that one processor of one task holds back so that they can be worked on together. The
 * batch is worked on when it is full, when its deadline has passed, when the processor asks, and
 * before each commit; so none is lost, and none is committed that was not worked on.
 *
 * <p>If the work throws, the records stay held and the exception stops the task uncommitted. An
 * instance belongs to one thread.
 *
 * @param <T> what is held
 */
public final class MicroBatch<T> {
  private final ProcessorContext<?, ?> context;
  private final CommitHook<?, ?> hook;
  private final int capacity;
  private final Duration deadline;
  private final Work<T> work;
  private final List<T> held;
  private final List<Origin> origins;
  private long openedNanos;
  private @Nullable Cancellable alarm;

  /**
   * What is done with a batch.
   *
   * @param <T> what is held
   */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Works on the whole batch, which is not empty. Before something is forwarded for a record,
     * {@link MicroBatch#become} must make it the current one.
     */
    void run(MicroBatch<T> batch);
  }

  /**
   * Opens an empty batch; to be called in the processor's {@code init}.
   *
   * @param storeName name of the {@link CommitHook#storeBuilder store} connected to the processor
   * @param capacity records that make the batch full; 1: each is worked on at once
   * @param deadline longest wait of the first record, at least 1 ms. Kafka Streams looks at its
   *     clock once per poll, so {@code poll.ms} adds to it while no records come
   */
  public MicroBatch(
      ProcessorContext<?, ?> context,
      String storeName,
      int capacity,
      Duration deadline,
      Work<T> work) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be >= 1, got " + capacity);
    }
    this.context = requireNonNull(context, "context");
    this.capacity = capacity;
    this.deadline = requireNonNull(deadline, "deadline");
    this.work = requireNonNull(work, "work");
    this.held = new ArrayList<>(capacity);
    this.origins = new ArrayList<>(capacity);
    this.hook = CommitHook.install(context, storeName, this::flush);
  }

  /** Holds the record that is being processed now, and works on the batch if that makes it full. */
  public void add(T item) {
    if (held.isEmpty()) {
      open();
    }
    held.add(item);
    origins.add(hook.origin());
    if (held.size() >= capacity) {
      flush();
    }
  }

  private void open() {
    openedNanos = System.nanoTime();
    if (capacity > 1) {
      // Only while something waits: a punctuation makes Streams commit, which costs when idle.
      alarm = context.schedule(deadline, PunctuationType.WALL_CLOCK_TIME, now -> flush());
    }
  }

  /** Works on what is held, if anything is. */
  public void flush() {
    if (held.isEmpty()) {
      cancelAlarm();
      return;
    }
    hook.run(() -> work.run(this));
    clear();
  }

  private void clear() {
    held.clear();
    origins.clear();
    cancelAlarm();
  }

  private void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  /** Returns how many records are held. */
  public int size() {
    return held.size();
  }

  /** Returns the record at a place, in order of arrival. */
  public T get(int index) {
    return held.get(index);
  }

  /** Makes the record at a place the current one for what is forwarded next. */
  public void become(int index) {
    hook.become(origins.get(index));
  }

  /** Returns how long the first record has been held. */
  public Duration age() {
    return held.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - openedNanos);
  }

  /** Gives up what is held; to be called in the processor's {@code close}. */
  public void close() {
    int givenUp = held.size();
    clear();
    hook.uninstall(givenUp);
  }
}

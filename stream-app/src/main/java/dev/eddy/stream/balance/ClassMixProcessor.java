package dev.eddy.stream.balance;

import dev.eddy.stream.batch.CommitHook;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Counts the classes of the records of one task, and passes the counts on just before each commit:
 * so each labelled record is counted once, also over crashes, and the counts cost next to nothing.
 *
 * @param <K> key of a record
 * @param <V> value of a record
 */
public final class ClassMixProcessor<K, V> implements Processor<K, V, String, Long> {
  private final String hookStore;
  private final Function<Record<K, V>, @Nullable String> classOf;
  private final Map<String, Long> counts = new TreeMap<>();
  private @Nullable CommitHook<String, Long> hook;
  private @Nullable ProcessorContext<String, Long> context;

  /**
   * Makes the processor.
   *
   * @param hookStore name of the store that a {@link CommitHook} needs
   * @param classOf gives the class of a record; null: it has none, or must not count
   */
  public ClassMixProcessor(String hookStore, Function<Record<K, V>, @Nullable String> classOf) {
    this.hookStore = hookStore;
    this.classOf = classOf;
  }

  @Override
  public void init(ProcessorContext<String, Long> processorContext) {
    context = processorContext;
    hook = CommitHook.install(processorContext, hookStore, this::flush);
  }

  @Override
  public void process(Record<K, V> record) {
    String labelClass = classOf.apply(record);
    if (labelClass != null) {
      counts.merge(labelClass, 1L, Long::sum);
    }
  }

  private void flush() {
    ProcessorContext<String, Long> current = context;
    if (current != null) {
      counts.forEach(
          (name, count) ->
              current.forward(new Record<>(name, count, current.currentSystemTimeMs())));
      counts.clear();
    }
  }

  @Override
  public void close() {
    if (hook != null) {
      hook.uninstall(counts.size());
      hook = null;
    }
    counts.clear();
  }
}

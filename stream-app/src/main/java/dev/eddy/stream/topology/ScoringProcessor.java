package dev.eddy.stream.topology;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Scores events in micro-batches; one {@link ScoringTask} for each time that it is opened. */
final class ScoringProcessor implements Processor<String, SourceRecord, Object, Object> {
  private final TopologyParts parts;
  private @Nullable ScoringTask task;

  ScoringProcessor(TopologyParts parts) {
    this.parts = parts;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    task = new ScoringTask(context, parts); // not in the constructor: Streams may init() again
  }

  @Override
  public void process(Record<String, SourceRecord> record) {
    requireNonNull(task, "init has not run").process(record);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
      task = null;
    }
  }
}

package dev.eddy.stream.topology;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Forwards each event's bytes as they came, under its entity. */
final class PassThroughProcessor implements Processor<String, SourceRecord, String, byte[]> {
  private @Nullable ProcessorContext<String, byte[]> context;

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, SourceRecord> record) {
    requireNonNull(context, "init has not run").forward(record.withValue(record.value().value()));
  }
}

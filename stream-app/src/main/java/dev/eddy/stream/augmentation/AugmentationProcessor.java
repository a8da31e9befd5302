package dev.eddy.stream.augmentation;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Answers requests; one {@link AugmentationTask} for each time that it is opened. */
public final class AugmentationProcessor
    implements Processor<byte @Nullable [], byte @Nullable [], String, Object> {
  private final AugmentationParts parts;
  private @Nullable AugmentationTask task;

  /** Makes the processor. */
  public AugmentationProcessor(AugmentationParts parts) {
    this.parts = parts;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    task = new AugmentationTask(context, parts);
  }

  @Override
  public void process(Record<byte @Nullable [], byte @Nullable []> record) {
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

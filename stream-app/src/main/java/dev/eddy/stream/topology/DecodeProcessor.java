package dev.eddy.stream.topology;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.DecodedEvent;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.event.Malformed;
import dev.eddy.event.TimestampForm;
import dev.eddy.stream.augmentation.SyntheticHeaders;
import dev.eddy.stream.metrics.StreamMetrics;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads source bytes: what is an event goes on, everything else is a dead letter. So is a synthetic
 * record that somebody fed back into the source topic: it must not be scored, raise an alert or
 * teach an entity's context what its past was.
 */
final class DecodeProcessor
    implements Processor<byte @Nullable [], byte @Nullable [], Object, Object> {
  private final StreamDefinition definition;
  private final StreamMetrics metrics;
  private final AtomicReference<TimestampForm> timestamps;
  private final List<String> next;
  private @Nullable EventCodec codec;
  private boolean noted;
  private @Nullable ProcessorContext<Object, Object> context;

  /**
   * Makes the processor.
   *
   * @param timestamps is told how the source writes its timestamps, by this task's first event
   * @param next names of the nodes that events go to
   */
  DecodeProcessor(
      StreamDefinition definition,
      StreamMetrics metrics,
      AtomicReference<TimestampForm> timestamps,
      List<String> next) {
    this.definition = definition;
    this.metrics = metrics;
    this.timestamps = timestamps;
    this.next = List.copyOf(next);
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    codec = EventCodecs.of(definition);
  }

  @Override
  public void process(Record<byte @Nullable [], byte @Nullable []> record) {
    ProcessorContext<Object, Object> current = requireNonNull(context, "init has not run");
    RecordMetadata metadata = current.recordMetadata().orElseThrow();
    var coordinates = new Coordinates(metadata.topic(), metadata.partition(), metadata.offset());
    if (record.headers().lastHeader(SyntheticHeaders.SYNTHETIC) != null) {
      refuse(record, coordinates, DeadLetters.SYNTHETIC, "source must not hold synthetic records");
      return;
    }
    byte[] key = record.key();
    byte[] value = record.value();
    DecodedEvent decoded =
        requireNonNull(codec, "init has not run")
            .decode(key, value, record.timestamp(), coordinates);
    if (decoded instanceof Event event && value != null) {
      noteTimestamps();
      var forwarded =
          new Record<Object, Object>(
              event.entity(),
              new SourceRecord(key, value, event),
              record.timestamp(),
              record.headers());
      next.forEach(node -> current.forward(forwarded, node));
    } else if (decoded instanceof Malformed malformed) {
      refuse(record, coordinates, malformed.reason().name(), malformed.detail());
    }
  }

  private void noteTimestamps() {
    if (!noted) {
      timestamps.set(requireNonNull(codec, "init has not run").timestampForm());
      noted = true;
    }
  }

  private void refuse(
      Record<byte @Nullable [], byte @Nullable []> record,
      Coordinates coordinates,
      String reason,
      String detail) {
    metrics.deadLetter(reason);
    requireNonNull(context, "init has not run")
        .forward(
            DeadLetters.of(
                record.key(),
                record.value(),
                record.timestamp(),
                record.headers(),
                coordinates,
                reason,
                detail),
            TopologyNames.DEAD_LETTERS);
  }
}

package dev.eddy.cli.replay;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.RowCodec;
import dev.eddy.event.TableRow;
import dev.eddy.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes rows of a file to the source topic, keyed by entity; each exactly once and in order. */
final class SourceWriter implements AutoCloseable {
  private final String topic;
  private final RowCodec codec;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  SourceWriter(StreamDefinition definition, KafkaSettings settings) {
    this.topic = definition.source().topic();
    this.codec = RowCodec.of(definition);
    this.producer =
        new KafkaProducer<>(
            settings.producer("eddy-replay"), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Writes a row; returns before the broker has it.
   *
   * @throws KafkaException if an earlier row could not be written
   */
  void write(TableRow row) {
    throwFailure();
    String entity = codec.entity(row);
    byte[] key = entity == null ? null : entity.getBytes(StandardCharsets.UTF_8);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, key, codec.encode(row)),
            (metadata, exception) -> {
              if (exception == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /** Waits until the broker has every row. */
  void flush() {
    producer.flush();
    throwFailure();
  }

  /** Returns how many rows the broker has. */
  long acknowledged() {
    return acknowledged.get();
  }

  private void throwFailure() {
    Exception first = failure.get();
    if (first != null) {
      throw new KafkaException("row could not be written to " + topic, first);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}

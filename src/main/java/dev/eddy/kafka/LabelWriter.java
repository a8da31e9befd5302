package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.eddy.event.Coordinates;
import dev.eddy.schema.Label;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes labels to the labels topic, each under the coordinates of its record, and says only when
 * the broker has it. It connects with the first label. Safe for use by several threads.
 */
public final class LabelWriter implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final SchemaJson<Label> LABELS = SchemaJson.of(Label.class);

  private final String topic;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private @Nullable Producer<byte[], byte[]> producer;
  private boolean closed;

  /** Makes a writer that has not connected. */
  public LabelWriter(KafkaSettings settings, String topic) {
    this(
        topic,
        () -> {
          var properties = settings.producer("eddy-labels-" + topic);
          properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
          return new KafkaProducer<>(
              properties, new ByteArraySerializer(), new ByteArraySerializer());
        });
  }

  LabelWriter(String topic, Supplier<Producer<byte[], byte[]>> producers) {
    this.topic = requireNonNull(topic, "topic");
    this.producers = requireNonNull(producers, "producers");
  }

  /**
   * Writes a label.
   *
   * @throws TopicException if the broker does not take it within some seconds
   */
  public void write(Label label) {
    var coordinates = new Coordinates(label.getTopic(), label.getPartition(), label.getOffset());
    var record =
        new ProducerRecord<>(topic, coordinates.toString().getBytes(UTF_8), LABELS.write(label));
    try {
      producer().send(record).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new TopicException(topic + " must take a label, got " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicException(topic + " must take a label, but was interrupted", e);
    }
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (closed) {
      throw new IllegalStateException("labels must be written before the writer is closed");
    }
    if (producer == null) {
      producer = producers.get();
    }
    return producer;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}

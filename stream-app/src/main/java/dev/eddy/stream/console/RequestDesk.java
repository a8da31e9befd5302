package dev.eddy.stream.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.AugmentationRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests for synthetic records to their topic, as the command line does. Its producer is
 * opened with the first request: most processes never get one. Safe for use by several threads.
 */
public final class RequestDesk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration CLOSE = Duration.ofMillis(500);

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final String topic;
  private final Clock clock;
  private final SchemaJson<AugmentationRequest> json = SchemaJson.of(AugmentationRequest.class);
  private @Nullable Producer<byte[], byte[]> producer;

  /** Makes a desk that has not connected yet. */
  public RequestDesk(KafkaSettings settings, String topic, Clock clock) {
    this(
        () ->
            new KafkaProducer<>(
                settings.producer("eddy-request-desk"),
                new ByteArraySerializer(),
                new ByteArraySerializer()),
        topic,
        clock);
  }

  /** Makes a desk with a producer of its caller's making; it is closed with the desk. */
  RequestDesk(Supplier<Producer<byte[], byte[]>> producers, String topic, Clock clock) {
    this.producers = producers;
    this.topic = topic;
    this.clock = clock;
  }

  /** Returns the time that a request is given. */
  long now() {
    return clock.millis();
  }

  /**
   * Writes a request, and waits until the broker has it.
   *
   * @throws KafkaException if the broker does not take it in time
   */
  synchronized void ask(AugmentationRequest request) {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = producers.get();
      producer = open;
    }
    try {
      open.send(new ProducerRecord<>(topic, request.getId().getBytes(UTF_8), json.write(request)))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("request could not be written to " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("request was interrupted", e);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(CLOSE);
      producer = null;
    }
  }
}

package dev.eddy.cli.demo;

import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.AugmentationRejection;
import dev.eddy.schema.AugmentationRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for an ML engineer: as soon as the champion can generate a class, asks for records of
 * it; what was refused is asked again of the next champion. Safe for use by several threads.
 */
final class SyntheticCustomer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SyntheticCustomer.class);
  private static final int ROWS = 50;
  private static final String REQUEST_HEADER = "eddy-request";

  private final SchemaJson<AugmentationRequest> requestJson =
      SchemaJson.of(AugmentationRequest.class);
  private final SchemaJson<AugmentationRejection> rejectionJson =
      SchemaJson.of(AugmentationRejection.class);
  private final String topic;
  private final Clock clock;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Order> orders = new HashMap<>();
  private final Set<String> supplied = new HashSet<>();
  private long published;

  private static final class Order {
    private final String labelClass;
    private int open = ROWS;

    Order(String labelClass) {
      this.labelClass = labelClass;
    }
  }

  SyntheticCustomer(KafkaSettings settings, String topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
    this.producer =
        new KafkaProducer<>(
            settings.producer("eddy-demo-customer"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Asks for what can be made and was not supplied yet.
   *
   * @param serving the version that the stream-app answers with now: a moment after it was promoted
   */
  synchronized void look(List<Manifest> versions, String serving) {
    for (Manifest manifest : versions) {
      if (manifest.version().value().equals(serving)) {
        manifest.classes().forEach(labelClass -> ask(labelClass, manifest.version()));
      }
    }
  }

  private void ask(String labelClass, ModelVersion version) {
    String id = "demo-%s-%s".formatted(version, labelClass);
    if (supplied.contains(labelClass) || orders.containsKey(id)) {
      return;
    }
    orders.put(id, new Order(labelClass));
    AugmentationRequest request =
        new AugmentationRequest(
            id,
            labelClass,
            ROWS,
            (long) orders.size(),
            "eddy demo",
            clock.millis(),
            Map.of(),
            List.of());
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topic, id.getBytes(StandardCharsets.UTF_8), requestJson.write(request)),
            (metadata, exception) -> {
              if (exception != null) {
                log.atWarn().setCause(exception).log("request was not written");
              }
            });
  }

  /** Takes a record of the synthetic topic. */
  synchronized void received(ConsumerRecord<byte[], byte[]> consumed) {
    published++;
    Header header = consumed.headers().lastHeader(REQUEST_HEADER);
    Order order =
        header == null ? null : orders.get(new String(header.value(), StandardCharsets.UTF_8));
    if (order != null) {
      order.open--;
      supplied.add(order.labelClass);
    }
  }

  /** Takes a record of the topic of rejections, and says in words what was refused. */
  synchronized List<String> refused(ConsumerRecord<byte[], byte[]> consumed) {
    AugmentationRejection rejection = rejectionJson.read(consumed.value());
    Order order = orders.get(rejection.getId());
    if (order != null) {
      order.open -= rejection.getRows();
    }
    return List.of(
        "REFUSED %d synthetic records of %s by %s: %s"
            .formatted(
                rejection.getRows(),
                rejection.getLabelClass(),
                rejection.getModelVersion(),
                String.join("; ", rejection.getReasons())));
  }

  /** Returns how many synthetic records arrived. */
  synchronized long published() {
    return published;
  }

  /** Returns whether nothing that was asked for is still to come. */
  synchronized boolean isAnswered() {
    return orders.values().stream().allMatch(order -> order.open <= 0);
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}

package dev.eddy.cli.replay;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.Alert;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Finds an alert by its id, and the source record that it is about. Confined to one thread. */
final class AlertLookup implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Topics topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SchemaJson<Alert> alerts = SchemaJson.of(Alert.class);

  AlertLookup(StreamDefinition definition, KafkaSettings settings) {
    this.topics = Topics.of(definition);
    this.consumer =
        new KafkaConsumer<>(
            settings.consumer("eddy-replay-alert"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Reads the alerts topic until it finds it. */
  Optional<Alert> alert(String id) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topics.alerts()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && !isRead(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Optional<Alert> read = read(record).filter(alert -> alert.getId().equals(id));
        if (read.isPresent()) {
          return read;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Alert> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? Optional.empty() : Optional.of(alerts.read(record.value()));
    } catch (SerializationException e) { // somebody else's record
      return Optional.empty();
    }
  }

  private boolean isRead(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Fetches a source record; empty when retention took it. */
  Optional<ConsumerRecord<byte[], byte[]>> source(Coordinates coordinates) {
    var partition = new TopicPartition(coordinates.topic(), coordinates.partition());
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    if (coordinates.offset() < consumer.beginningOffsets(one).getOrDefault(partition, 0L)
        || coordinates.offset() >= consumer.endOffsets(one).getOrDefault(partition, 0L)) {
      return Optional.empty();
    }
    consumer.seek(partition, coordinates.offset());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && consumer.position(partition) <= coordinates.offset()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() == coordinates.offset()) {
          return Optional.of(record);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}

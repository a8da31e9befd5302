package dev.eddy.cli.generate;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fetches single records by their coordinates. */
final class SourceRecords {
  private static final Duration WAIT = Duration.ofSeconds(5);

  private SourceRecords() {}

  /**
   * Fetches a record's value as text.
   *
   * @throws UsageException if there is none at these coordinates
   */
  static String fetch(KafkaSettings settings, Coordinates coordinates) {
    Map<String, Object> properties = settings.consumer("eddy-generate-fetch");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    var partition = new TopicPartition(coordinates.topic(), coordinates.partition());
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, coordinates.offset());
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
        if (record.offset() == coordinates.offset() && record.value() != null) {
          return new String(record.value(), StandardCharsets.UTF_8);
        }
      }
    }
    throw new UsageException(
        "--between must be coordinates of a record, found none at " + coordinates);
  }
}

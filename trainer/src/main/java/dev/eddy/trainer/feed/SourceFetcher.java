package dev.eddy.trainer.feed;

import static java.util.Objects.requireNonNull;

import dev.eddy.event.Coordinates;
import dev.eddy.trainer.collection.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Fetches single records of the source topic by their coordinates. An instance belongs to one
 * thread.
 */
final class SourceFetcher implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;

  /** Takes over a consumer that reads a few records at a time. */
  SourceFetcher(Consumer<byte[], byte[]> consumer) {
    this.consumer = requireNonNull(consumer, "consumer");
  }

  /**
   * Fetches a record.
   *
   * @return empty when it is not there any more
   */
  Optional<SourceRecord> fetch(Coordinates coordinates) {
    var partition = new TopicPartition(coordinates.topic(), coordinates.partition());
    consumer.assign(List.of(partition));
    if (coordinates.offset() < endOf(consumer.beginningOffsets(List.of(partition)), partition)
        || coordinates.offset() >= endOf(consumer.endOffsets(List.of(partition)), partition)) {
      return Optional.empty();
    }
    consumer.seek(partition, coordinates.offset());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && consumer.position(partition) <= coordinates.offset()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() == coordinates.offset()) {
          return Optional.of(
              new SourceRecord(coordinates, record.key(), record.value(), record.timestamp()));
        }
      }
    }
    return Optional.empty();
  }

  private static long endOf(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(POLL));
  }
}

package dev.eddy.trainer.feed;

import static java.util.Objects.requireNonNull;

import dev.eddy.event.Coordinates;
import dev.eddy.trainer.collection.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Fetches single records of the source topic by their coordinates. An instance belongs to one
 * thread.
 */
final class SourceFetcher implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;

  /** What came of an attempt. */
  sealed interface Fetched permits Found, Missing {}

  /** The record. */
  record Found(SourceRecord record) implements Fetched {}

  /** Why there is no record. */
  enum Missing implements Fetched {
    /** Retention or compaction has taken it. */
    GONE,
    /** Eddy generated it. */
    SYNTHETIC,
    /** It did not come in time: try again. */
    LATE
  }

  /**
   * Takes over a consumer that reads a few records at a time.
   *
   * @param patience longest wait for one record
   */
  SourceFetcher(Consumer<byte[], byte[]> consumer, Duration patience) {
    this.consumer = requireNonNull(consumer, "consumer");
    this.patience = requireNonNull(patience, "patience");
  }

  /**
   * Fetches a record.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker refuses
   */
  Fetched fetch(Coordinates coordinates) {
    var partition = new TopicPartition(coordinates.topic(), coordinates.partition());
    consumer.assign(List.of(partition));
    if (coordinates.offset() < endOf(consumer.beginningOffsets(List.of(partition)), partition)
        || coordinates.offset() >= endOf(consumer.endOffsets(List.of(partition)), partition)) {
      return Missing.GONE;
    }
    consumer.seek(partition, coordinates.offset());
    long deadline = System.nanoTime() + patience.toNanos();
    while (consumer.position(partition) <= coordinates.offset()) {
      if (System.nanoTime() >= deadline) {
        return Missing.LATE;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() == coordinates.offset()) {
          if (SyntheticMark.isOn(record.headers())) {
            return Missing.SYNTHETIC;
          }
          return new Found(
              new SourceRecord(coordinates, record.key(), record.value(), record.timestamp()));
        }
      }
    }
    return Missing.GONE;
  }

  private static long endOf(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(POLL));
  }
}

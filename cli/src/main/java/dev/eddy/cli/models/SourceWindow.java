package dev.eddy.cli.models;

import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The last hours of a topic, by its records' timestamps and ended by its newest record, so that a
 * recording of last year has last hours, too. Before them it reads some records more, from which
 * the contexts of entities are made.
 */
final class SourceWindow implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> first = new HashMap<>();
  private final Map<TopicPartition, Long> ends;
  private final long start;

  /** Gets each record, in the order of its partition. */
  interface Reader {
    /**
     * Takes a record.
     *
     * @param counts whether it lies in the window
     */
    void take(ConsumerRecord<byte[], byte[]> record, boolean counts);
  }

  /**
   * Opens a window.
   *
   * @param leadIn records of each partition that are read before it
   */
  SourceWindow(KafkaSettings settings, String topic, Duration last, int leadIn) {
    this.consumer =
        new KafkaConsumer<>(
            settings.consumer("eddy-models-diff"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    this.ends = consumer.endOffsets(partitions);
    this.start = newest() - last.toMillis();
    Map<TopicPartition, Long> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, Math.max(0, start)));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
    Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      long from = at == null ? ends.getOrDefault(partition, 0L) : at.offset();
      first.put(partition, from);
      consumer.seek(partition, Math.max(begin.getOrDefault(partition, 0L), from - leadIn));
    }
  }

  /** The timestamp of the newest of each partition's last records. */
  private long newest() {
    long newest = 0;
    for (TopicPartition partition : ends.keySet()) {
      long end = ends.getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(0, end - 1));
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!isRead() && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        newest = Math.max(newest, record.timestamp());
      }
    }
    return newest;
  }

  int partitions() {
    return ends.size();
  }

  /** Returns where the window begins, milliseconds since the epoch. */
  long start() {
    return start;
  }

  /**
   * Reads it.
   *
   * @param limit records of the window at most
   * @return how many records of the window were read
   */
  long read(long limit, Reader reader) {
    long read = 0;
    long progress = System.nanoTime();
    while (!isRead() && read < limit) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        var partition = new TopicPartition(record.topic(), record.partition());
        boolean counts = record.offset() >= first.getOrDefault(partition, 0L);
        read += counts ? 1 : 0;
        reader.take(record, counts);
        progress = System.nanoTime();
      }
      if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw new TopicException("source must be readable, got nothing for " + PATIENCE);
      }
    }
    return read;
  }

  private boolean isRead() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}

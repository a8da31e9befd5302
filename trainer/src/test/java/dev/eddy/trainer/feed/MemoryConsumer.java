package dev.eddy.trainer.feed;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** A consumer over logs in memory: those of a stream with one partition. */
final class MemoryConsumer extends MockConsumer<byte[], byte[]> {
  static final TopicPartition SOURCE = new TopicPartition("connections", 0);
  static final TopicPartition LABELS = new TopicPartition("network.labels", 0);
  static final TopicPartition LABELLED = new TopicPartition("network.labelled", 0);
  static final TopicPartition ALERTS = new TopicPartition("network.alerts", 0);
  static final TopicPartition DRIFT = new TopicPartition("network.drift", 0);

  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();

  MemoryConsumer() {
    super("earliest");
    for (TopicPartition partition : List.of(SOURCE, LABELS, LABELLED, ALERTS, DRIFT)) {
      logs.put(partition, new ArrayList<>());
      updatePartitions(
          partition.topic(), List.of(new PartitionInfo(partition.topic(), 0, null, null, null)));
      updateBeginningOffsets(Map.of(partition, 0L));
      updateEndOffsets(Map.of(partition, 0L));
    }
  }

  /** Adds to the log of a partition. */
  @SafeVarargs
  final void holds(TopicPartition partition, ConsumerRecord<byte[], byte[]>... records) {
    if (log(partition).isEmpty()) {
      updateBeginningOffsets(Map.of(partition, records[0].offset()));
    }
    for (var record : records) {
      log(partition).add(record);
      updateEndOffsets(Map.of(partition, record.offset() + 1));
    }
  }

  /** A record for one who has read what was there before. */
  void arrives(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    updateEndOffsets(Map.of(partition, record.offset() + 1));
    addRecord(record);
  }

  private List<ConsumerRecord<byte[], byte[]>> log(TopicPartition partition) {
    return requireNonNull(logs.get(partition));
  }

  @Override
  public synchronized void seek(TopicPartition partition, long offset) {
    super.seek(partition, offset);
    log(partition).stream().filter(record -> record.offset() >= offset).forEach(this::addRecord);
  }

  @Override
  public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
    super.seekToBeginning(partitions);
    partitions.stream()
        .filter(partition -> !partition.equals(SOURCE)) // that is sought to its window
        .forEach(partition -> log(partition).forEach(this::addRecord));
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestamps) {
    Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
    timestamps.forEach(
        (partition, time) ->
            found.put(
                partition,
                log(partition).stream()
                    .filter(record -> record.timestamp() >= time)
                    .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
                    .findFirst()
                    .orElse(null)));
    return found;
  }
}

package dev.eddy.trainer.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.trainer.collection.Collector;
import dev.eddy.trainer.collection.KnownLabel;
import dev.eddy.trainer.collection.SourceRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a trainer that starts looks up first: where to begin, and what was kept as labelled. */
final class History {
  private static final Logger LOG = LoggerFactory.getLogger(History.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final StreamDefinition definition;
  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final LabelledWriter writer;
  private final Collector collector;
  private final FeedListener listener;
  private final Clock clock;

  History(
      StreamDefinition definition,
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      LabelledWriter writer,
      Collector collector,
      FeedListener listener,
      Clock clock) {
    this.definition = definition;
    this.consumer = consumer;
    this.writer = writer;
    this.collector = collector;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Finds the first record that is in the training window. Where all are older, as in a replay of a
   * recording, the window is the whole partition.
   */
  Map<TopicPartition, Long> beginningOfWindow(List<TopicPartition> partitions) {
    long oldest = clock.millis() - definition.training().window().toMillis();
    Map<TopicPartition, Long> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, Math.max(0, oldest)));
    Map<TopicPartition, Long> begin = new HashMap<>(consumer.beginningOffsets(partitions));
    consumer
        .offsetsForTimes(wanted)
        .forEach(
            (partition, found) -> {
              if (found != null) {
                begin.put(partition, found.offset());
              }
            });
    return begin;
  }

  /** Reads the topic of labelled records to its end of now. */
  void readKept(List<TopicPartition> labelled) {
    readAll(labelled, this::readKept);
  }

  /** Reads the topic of drift reports to its end of now, and returns where reading goes on. */
  Map<TopicPartition, Long> readDrift(List<TopicPartition> drift) {
    return readAll(drift, this::readDrift);
  }

  private Map<TopicPartition, Long> readAll(
      List<TopicPartition> partitions, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!hasReached(consumer, ends)) {
      consumer.poll(POLL).forEach(reader);
    }
    return partitions.stream().collect(Collectors.toMap(Function.identity(), consumer::position));
  }

  /** Reads a report. */
  void readDrift(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      try {
        listener.reported(DriftTopic.read(record.value()));
      } catch (SerializationException e) {
        LOG.atWarn()
            .addKeyValue("offset", record.offset())
            .addKeyValue("reason", e.getMessage())
            .log("passed over a report of drift that cannot be read");
      }
    }
  }

  private void readKept(ConsumerRecord<byte[], byte[]> record) {
    if (SyntheticMark.isOn(record.headers())) {
      listener.synthetic();
      return;
    }
    if (record.key() == null || record.value() == null) {
      return;
    }
    try {
      KnownLabel label = LabelledRecords.label(record.headers());
      if (LabelledRecords.isGoneMark(record.headers())) {
        writer.isGone(Coordinates.parse(new String(record.key(), UTF_8)), label);
        return;
      }
      SourceRecord source = LabelledRecords.record(record);
      writer.isKept(source.coordinates(), label);
      collector.acceptKept(source, label);
      listener.label(label, true); // as a label it says nothing new when it comes again
    } catch (IllegalArgumentException e) {
      listener.unreadableLabel(e);
    }
  }

  /** Returns whether a consumer stands at or behind these offsets. */
  static boolean hasReached(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> offsets) {
    return offsets.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}

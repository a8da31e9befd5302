package dev.eddy.trainer.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.trainer.collection.Collector;
import dev.eddy.trainer.collection.KnownLabel;
import dev.eddy.trainer.collection.RecentTimes;
import dev.eddy.trainer.collection.SourceRecord;
import dev.eddy.trainer.collection.WindowSlices;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final LabelledWriter writer;
  private final Collector collector;
  private final FeedListener listener;
  private final EventCodec codec;
  private final WindowSlices slices;

  History(
      StreamDefinition definition,
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      LabelledWriter writer,
      Collector collector,
      FeedListener listener) {
    this.consumer = consumer;
    this.writer = writer;
    this.collector = collector;
    this.listener = listener;
    this.codec = EventCodecs.of(definition);
    this.slices = new WindowSlices(definition.training().window().toMillis());
  }

  /**
   * Finds where the records of the training window begin, and a slice of it before them: there
   * entities get a past. At least the records are read that say at what time the stream stands.
   */
  Map<TopicPartition, Long> beginningOfWindow(List<TopicPartition> partitions) {
    Map<TopicPartition, Long> begin = lastRecords(partitions);
    OptionalLong now = timeOfStream(begin);
    if (now.isPresent()) {
      long oldest = slices.readingBegins(now.getAsLong());
      Map<TopicPartition, Long> wanted = new HashMap<>();
      partitions.forEach(partition -> wanted.put(partition, Math.max(0, oldest)));
      consumer
          .offsetsForTimes(wanted)
          .forEach(
              (partition, found) -> {
                if (found != null) {
                  begin.merge(partition, found.offset(), Math::min);
                }
              });
    }
    return begin;
  }

  private Map<TopicPartition, Long> lastRecords(List<TopicPartition> partitions) {
    Map<TopicPartition, Long> last = new HashMap<>(consumer.beginningOffsets(partitions));
    consumer
        .endOffsets(partitions)
        .forEach((partition, end) -> last.merge(partition, end - RecentTimes.RECORDS, Math::max));
    return last;
  }

  /**
   * A record may be found by the time that Kafka has for it, and is in the window by the time of
   * its event. Where the two differ, the earlier one counts, and more is read than is needed.
   */
  private OptionalLong timeOfStream(Map<TopicPartition, Long> last) {
    var records = new RecentTimes();
    var events = new RecentTimes();
    readAll(
        last,
        record -> {
          if (SyntheticMark.isOn(record.headers())) {
            return;
          }
          records.add(record.partition(), record.timestamp());
          var coordinates = new Coordinates(record.topic(), record.partition(), record.offset());
          var decoded = codec.decode(record.key(), record.value(), record.timestamp(), coordinates);
          if (decoded instanceof Event event) {
            events.add(record.partition(), event.timestampMillis());
          }
        });
    return events.now().isEmpty()
        ? records.now()
        : OptionalLong.of(Math.min(events.now().getAsLong(), records.now().getAsLong()));
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
    return readAll(consumer.beginningOffsets(partitions), reader);
  }

  private Map<TopicPartition, Long> readAll(
      Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
    while (!hasReached(consumer, ends)) {
      consumer.poll(POLL).forEach(reader);
    }
    return from.keySet().stream()
        .collect(Collectors.toMap(Function.identity(), consumer::position));
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

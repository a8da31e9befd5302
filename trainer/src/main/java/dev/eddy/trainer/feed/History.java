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
import java.time.Clock;
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
  private final Clock clock;
  private final EventCodec codec;
  private final WindowSlices slices;

  /**
   * Where reading begins.
   *
   * @param now at what time the stream stands; empty where nothing says so
   */
  record Beginning(Map<TopicPartition, Long> offsets, OptionalLong now) {}

  History(
      StreamDefinition definition,
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      LabelledWriter writer,
      Collector collector,
      FeedListener listener,
      Clock clock) {
    this.consumer = consumer;
    this.writer = writer;
    this.collector = collector;
    this.listener = listener;
    this.clock = clock;
    this.codec = EventCodecs.of(definition);
    this.slices = new WindowSlices(definition.training().window().toMillis());
  }

  /**
   * Finds where the records of the training window begin, and a slice of it before them: there
   * entities get a past. At least the records are read that say at what time the stream stands.
   */
  Beginning beginningOfWindow(List<TopicPartition> partitions) {
    Map<TopicPartition, Long> begin = lastRecords(partitions);
    OptionalLong now = timeOfStream(begin);
    if (now.isEmpty()) { // nothing there says when it was
      return new Beginning(consumer.beginningOffsets(partitions), now);
    }
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
    return new Beginning(begin, now);
  }

  private Map<TopicPartition, Long> lastRecords(List<TopicPartition> partitions) {
    Map<TopicPartition, Long> last = new HashMap<>(consumer.beginningOffsets(partitions));
    consumer
        .endOffsets(partitions)
        .forEach((partition, end) -> last.merge(partition, end - RecentTimes.RECORDS, Math::max));
    return last;
  }

  private OptionalLong timeOfStream(Map<TopicPartition, Long> last) {
    var times = new RecentTimes(clock);
    readAll(
        last,
        record -> {
          var coordinates = new Coordinates(record.topic(), record.partition(), record.offset());
          var decoded = codec.decode(record.key(), record.value(), record.timestamp(), coordinates);
          if (decoded instanceof Event event && !SyntheticMark.isOn(record.headers())) {
            times.add(event, record.timestamp());
          }
        });
    return times.now();
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

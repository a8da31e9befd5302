package dev.eddy.trainer.feed;

import static dev.eddy.trainer.feed.MemoryConsumer.SOURCE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.DriftReport;
import dev.eddy.trainer.collection.Collector;
import dev.eddy.trainer.collection.KnownLabel;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Feeds over logs in memory. */
public final class MemoryFeeds {
  /** When the records of a stream begin, milliseconds since the epoch. */
  static final long START = 1_700_000_000_000L;

  private MemoryFeeds() {}

  /** A feed of a source that holds so many records, one a second. */
  public static TopicFeed feed(StreamDefinition definition, int records, int recordsAPoll) {
    var consumer = new MemoryConsumer();
    for (long offset = 0; offset < records; offset++) {
      consumer.holds(SOURCE, timely(offset, 1_000));
    }
    consumer.setMaxPollRecords(recordsAPoll);
    return feed(definition, consumer);
  }

  static TopicFeed feed(StreamDefinition definition, MemoryConsumer consumer) {
    var producer =
        new MockProducer<byte[], byte[]>(
            true, null, new ByteArraySerializer(), new ByteArraySerializer());
    var writer = new LabelledWriter(Topics.of(definition), producer);
    return new TopicFeed(
        definition,
        consumer,
        new SourceFetcher(new MemoryConsumer(), Duration.ofSeconds(2)),
        writer,
        new DriftTopic("network.drift", producer),
        new Collector(definition, writer, Clock.systemUTC()),
        new Deaf(),
        Clock.systemUTC(),
        () -> {});
  }

  static ConsumerRecord<byte[], byte[]> timely(long offset, long everyMillis) {
    long time = START + everyMillis * offset;
    return record(offset, time, time);
  }

  static ConsumerRecord<byte[], byte[]> record(long offset, long eventTime, long written) {
    String attack = offset % 40 == 0 ? ",\"attack\":\"dos-%d\"".formatted(offset % 7) : "";
    String json =
        "{\"host\":\"h%d\",\"ts\":%d,\"duration\":%d,\"bytes\":2,\"protocol\":\"tcp\"%s}"
            .formatted(offset % 100, eventTime, offset % 7, attack);
    return new ConsumerRecord<>(
        SOURCE.topic(),
        SOURCE.partition(),
        offset,
        written,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        json.getBytes(UTF_8),
        new RecordHeaders(),
        Optional.empty());
  }

  private static final class Deaf implements FeedListener {
    @Override
    public void label(KnownLabel label, boolean old) {}

    @Override
    public void reported(DriftReport report) {}

    @Override
    public void synthetic() {}

    @Override
    public void unreadableLabel(RuntimeException reason) {}
  }
}

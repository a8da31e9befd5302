package dev.eddy.trainer.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.Alert;
import dev.eddy.schema.Label;
import dev.eddy.trainer.collection.Collector;
import dev.eddy.trainer.collection.Evidence.RaisedAlert;
import dev.eddy.trainer.collection.KnownLabel;
import dev.eddy.trainer.collection.SourceRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the source, the labels and the alerts into a {@link Collector}, and hands on the reports of
 * drift, which another trainer may have written: partitions assigned by hand, each from the start
 * of the training window, read_committed; nothing is committed, for a trainer that starts again
 * fills its memory again. Except for {@link #wakeUp}, an instance belongs to one thread.
 */
public final class TopicFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);

  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofMinutes(1);

  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final Duration FETCH_PATIENCE = Duration.ofSeconds(2);
  private static final Duration FETCH_PAUSE = Duration.ofSeconds(30);
  private static final int FETCHES_A_STEP = 100;
  private static final int RECORDS_A_POLL = 2_000;
  private static final int BYTES_A_FETCH = 64 << 10;

  private final Topics topics;
  private final Consumer<byte[], byte[]> consumer;
  private final SourceFetcher fetcher;
  private final LabelledWriter writer;
  private final DriftTopic drift;
  private final Collector collector;
  private final FeedListener listener;
  private final Clock clock;
  private final Runnable atClose;
  private final History history;
  private final SchemaJson<Alert> alerts = SchemaJson.of(Alert.class);
  private final SchemaJson<Label> labels = SchemaJson.of(Label.class);
  private final Map<TopicPartition, Long> endsAtStart = new HashMap<>();
  private long nextLookForPartitions;
  private long nextFetch;

  TopicFeed(
      StreamDefinition definition,
      Consumer<byte[], byte[]> consumer,
      SourceFetcher fetcher,
      LabelledWriter writer,
      DriftTopic drift,
      Collector collector,
      FeedListener listener,
      Clock clock,
      Runnable atClose) {
    this.atClose = requireNonNull(atClose, "atClose");
    this.topics = Topics.of(definition);
    this.consumer = requireNonNull(consumer, "consumer");
    this.fetcher = requireNonNull(fetcher, "fetcher");
    this.writer = requireNonNull(writer, "writer");
    this.drift = requireNonNull(drift, "drift");
    this.collector = requireNonNull(collector, "collector");
    this.listener = requireNonNull(listener, "listener");
    this.clock = requireNonNull(clock, "clock");
    this.history = new History(definition, consumer, writer, collector, listener, clock);
  }

  /** Opens the clients of a feed; the caller closes it. */
  public static TopicFeed connect(
      StreamDefinition definition,
      KafkaSettings settings,
      FeedListener listener,
      Clock clock,
      MeterRegistry meters) {
    String id = "eddy-trainer-" + definition.name();
    Map<String, Object> reading = settings.consumer(id);
    reading.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
    Consumer<byte[], byte[]> consumer = open(reading);
    var clientMetrics = new KafkaClientMetrics(consumer);
    clientMetrics.bindTo(meters);
    Map<String, Object> fetching = settings.consumer(id + "-fetch");
    fetching.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    fetching.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) FETCH_PATIENCE.toMillis());
    fetching.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BYTES_A_FETCH);
    var producer =
        new KafkaProducer<>(
            settings.producer(id), new ByteArraySerializer(), new ByteArraySerializer());
    var writer = new LabelledWriter(Topics.of(definition), producer);
    return new TopicFeed(
        definition,
        consumer,
        new SourceFetcher(open(fetching), FETCH_PATIENCE),
        writer,
        new DriftTopic(Topics.of(definition).drift(), producer),
        new Collector(definition, writer, clock),
        listener,
        clock,
        clientMetrics::close);
  }

  private static Consumer<byte[], byte[]> open(Map<String, Object> properties) {
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Returns what the feed fills; it belongs to the thread that steps. */
  public Collector collector() {
    return collector;
  }

  /** Returns where reports of drift go. */
  public DriftTopic drift() {
    return drift;
  }

  /**
   * Reads what is kept as labelled, and finds where to begin.
   *
   * @throws org.apache.kafka.common.KafkaException if a topic cannot be read
   */
  public void open() {
    List<TopicPartition> source = partitionsOf(topics.source());
    List<TopicPartition> labelled = partitionsOf(topics.labelled());
    History.Beginning beginning = history.beginningOfWindow(source);
    Map<TopicPartition, Long> begin = beginning.offsets();
    begin.forEach((partition, offset) -> collector.begin(partition.partition(), offset));
    beginning.now().ifPresent(collector::moveTo);
    history.readKept(labelled);
    Map<TopicPartition, Long> reported = history.readDrift(partitionsOf(topics.drift()));
    List<TopicPartition> all = new ArrayList<>(source);
    all.addAll(partitionsOf(topics.labels()));
    all.addAll(partitionsOf(topics.alerts()));
    List<TopicPartition> assigned = new ArrayList<>(all);
    assigned.addAll(reported.keySet());
    consumer.assign(assigned);
    consumer.seekToBeginning(all);
    begin.forEach(consumer::seek);
    reported.forEach(consumer::seek);
    endsAtStart.putAll(consumer.endOffsets(all));
    nextLookForPartitions = clock.millis() + LOOK_FOR_PARTITIONS.toMillis();
    LOG.atInfo().addKeyValue("begin", begin).log("reading the source from here");
  }

  private List<TopicPartition> partitionsOf(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  /** Returns whether everything was read that was there at the start. */
  public boolean hasCaughtUp() {
    return History.hasReached(consumer, endsAtStart);
  }

  /**
   * Reads what has come, waits for it at most this long, and fetches some of the labelled records
   * that are not in memory.
   */
  public void step(Duration wait) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      if (record.topic().equals(topics.source())) {
        accept(record);
      } else if (record.topic().equals(topics.alerts())) {
        acceptAlert(record);
      } else if (record.topic().equals(topics.drift())) {
        history.readDrift(record);
      } else {
        acceptLabel(record);
      }
    }
    writer.retry();
    fetchWanted();
    lookForPartitions();
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    if (SyntheticMark.isOn(record.headers())) {
      listener.synthetic();
      return;
    }
    collector.accept(
        new SourceRecord(coordinatesOf(record), record.key(), record.value(), record.timestamp()));
  }

  private static Coordinates coordinatesOf(ConsumerRecord<byte[], byte[]> record) {
    return new Coordinates(record.topic(), record.partition(), record.offset());
  }

  private void acceptLabel(ConsumerRecord<byte[], byte[]> record) {
    if (SyntheticMark.isOn(record.headers())) {
      listener.synthetic();
      return;
    }
    if (record.key() == null) {
      return;
    }
    try {
      Coordinates coordinates = Coordinates.parse(new String(record.key(), UTF_8));
      if (record.value() == null) {
        collector.unlabel(coordinates);
        return;
      }
      KnownLabel label = KnownLabel.of(labels.read(record.value()));
      if (collector.accept(coordinates, label)) {
        boolean old =
            record.offset()
                < endsAtStart.getOrDefault(
                    new TopicPartition(record.topic(), record.partition()), 0L);
        listener.label(label, old);
      }
    } catch (IllegalArgumentException | SerializationException e) {
      listener.unreadableLabel(e);
    }
  }

  private void acceptAlert(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      Alert alert = alerts.read(record.value());
      collector.accept(
          new RaisedAlert(
              alert.getEntity(),
              alert.getTimestamp(),
              new Coordinates(alert.getTopic(), alert.getPartition(), alert.getOffset()),
              alert.getModelVersion()));
    } catch (SerializationException e) {
      LOG.atWarn()
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.getMessage())
          .log("passed over an alert that cannot be read");
    }
  }

  private void fetchWanted() {
    if (clock.millis() < nextFetch) {
      return;
    }
    for (int i = 0; i < FETCHES_A_STEP; i++) {
      Coordinates wanted = collector.nextWanted();
      if (wanted == null) {
        return;
      }
      SourceFetcher.Fetched fetched = fetch(wanted);
      if (fetched instanceof SourceFetcher.Found found) {
        collector.acceptFetched(found.record());
      } else if (fetched == SourceFetcher.Missing.SYNTHETIC) {
        listener.synthetic();
        collector.gone(wanted, "the record is synthetic: it can have no label");
      } else if (fetched == SourceFetcher.Missing.GONE) {
        collector.gone(wanted, "the source topic does not hold the record any more");
      } else {
        collector.postpone(wanted);
        return;
      }
    }
  }

  /** What cannot be fetched stays wanted, and keeps nothing else from being read. */
  private SourceFetcher.Fetched fetch(Coordinates wanted) {
    try {
      return fetcher.fetch(wanted);
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      nextFetch = clock.millis() + FETCH_PAUSE.toMillis();
      LOG.atWarn()
          .addKeyValue("coordinates", wanted)
          .addKeyValue("reason", e.getMessage())
          .log("could not fetch a labelled record, trying again");
      return SourceFetcher.Missing.LATE;
    }
  }

  /** A partition that was added since the start is read from its beginning. */
  private void lookForPartitions() {
    if (clock.millis() < nextLookForPartitions) {
      return;
    }
    nextLookForPartitions = clock.millis() + LOOK_FOR_PARTITIONS.toMillis();
    List<TopicPartition> present = new ArrayList<>(partitionsOf(topics.source()));
    present.addAll(partitionsOf(topics.labels()));
    present.addAll(partitionsOf(topics.alerts()));
    present.addAll(partitionsOf(topics.drift()));
    Set<TopicPartition> added = new HashSet<>(present);
    added.removeAll(consumer.assignment());
    if (added.isEmpty()) {
      return;
    }
    consumer.assign(present);
    consumer.seekToBeginning(added);
    added.stream()
        .filter(partition -> partition.topic().equals(topics.source()))
        .forEach(partition -> collector.begin(partition.partition(), 0));
    LOG.atInfo().addKeyValue("partitions", added).log("reading new partitions");
  }

  /** Returns how many records of source and labels are not read yet, as far as is known. */
  public long lag() {
    return consumer.assignment().stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  /** Ends a wait of {@link #step}, which throws a WakeupException. From any thread. */
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    atClose.run();
    writer.close();
    fetcher.close();
    consumer.close(CloseOptions.timeout(CLOSE));
  }
}

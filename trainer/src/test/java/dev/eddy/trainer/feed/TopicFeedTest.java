package dev.eddy.trainer.feed;

import static dev.eddy.trainer.TrainerFixture.at;
import static dev.eddy.trainer.feed.MemoryConsumer.DRIFT;
import static dev.eddy.trainer.feed.MemoryConsumer.LABELLED;
import static dev.eddy.trainer.feed.MemoryConsumer.LABELS;
import static dev.eddy.trainer.feed.MemoryConsumer.SOURCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.DriftKind;
import dev.eddy.schema.DriftReport;
import dev.eddy.schema.Label;
import dev.eddy.schema.Verdict;
import dev.eddy.trainer.TestClock;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.collection.Collector;
import dev.eddy.trainer.collection.KnownLabel;
import dev.eddy.trainer.collection.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicFeedTest {
  private static final StreamDefinition DEFINITION =
      TrainerFixture.definition(TrainerFixture.TRAINING);
  private static final Duration NOW = Duration.ofMillis(1);

  private final TestClock clock = new TestClock();
  private final MemoryConsumer consumer = new MemoryConsumer();
  private final MemoryConsumer fetching = new MemoryConsumer();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final LabelledWriter writer = new LabelledWriter(Topics.of(DEFINITION), producer);
  private final Collector collector = new Collector(DEFINITION, writer, clock);
  private final List<String> heard = new ArrayList<>();
  private final TopicFeed feed =
      new TopicFeed(
          DEFINITION,
          consumer,
          new SourceFetcher(fetching, Duration.ofSeconds(2)),
          writer,
          new DriftTopic("network.drift", producer),
          collector,
          new FeedListener() {
            @Override
            public void label(KnownLabel label, boolean old) {
              heard.add(label.verdict() + (old ? " old" : " new"));
            }

            @Override
            public void reported(DriftReport report) {
              heard.add(report.getSummary());
            }

            @Override
            public void synthetic() {
              heard.add("synthetic");
            }

            @Override
            public void unreadableLabel(RuntimeException reason) {
              heard.add("unreadable");
            }
          },
          clock,
          () -> heard.add("closed"));

  @Test
  void readsTheSourceFromItsBeginningWhenAllIsInTheWindow() {
    consumer.holds(SOURCE, source(0, null), source(1, "neptune"), source(2, null));

    feed.open();
    feed.step(NOW);

    assertThat(feed.hasCaughtUp()).isTrue();
    assertThat(collector.status().events()).isEqualTo(3);
    assertThat(collector.status().classes()).containsEntry("neptune", 1);
  }

  @Test
  void passesOverSyntheticRecords() {
    var synthetic = source(0, "neptune");
    synthetic.headers().add("eddy-synthetic", "true".getBytes(UTF_8));
    consumer.holds(SOURCE, synthetic, source(1, null));

    feed.open();
    feed.step(NOW);

    assertThat(collector.status().events()).isEqualTo(1);
    assertThat(collector.status().classes()).doesNotContainKey("neptune");
    assertThat(heard).containsExactly("synthetic");
  }

  @Test
  void refusesASyntheticRecordOnEveryWayIntoTheTrainingSet() {
    // given: one in the source, one fetched by a label, one among the labels, one kept as labelled
    var early = source(0, "neptune");
    mark(early.headers());
    var inSource = source(2, "neptune");
    mark(inSource.headers());
    consumer.holds(SOURCE, inSource, source(3, null));
    fetching.holds(SOURCE, early, source(1, null), inSource, source(3, null));
    var asLabel = label(1, 1, Verdict.TRUE_ALARM, "neptune");
    mark(asLabel.headers());
    consumer.holds(LABELS, label(0, 0, Verdict.TRUE_ALARM, "neptune"), asLabel);
    var kept =
        LabelledRecords.write(
            "network.labelled",
            TrainerFixture.record(7, "neptune"),
            new KnownLabel(Verdict.TRUE_ALARM, "neptune", "ann", 5));
    mark(kept.headers());
    consumer.holds(LABELLED, record(LABELLED, 0, kept.key(), kept.value(), kept.headers()));

    // when
    feed.open();
    feed.step(NOW);

    // then
    assertThat(collector.status().classes()).doesNotContainKey("neptune");
    assertThat(collector.status().events()).isEqualTo(1);
    assertThat(heard.stream().filter(word -> word.equals("synthetic"))).hasSize(4);
    assertThat(collector.status().goneLabels()).isEqualTo(1);
  }

  private static void mark(Headers headers) {
    headers.add("eddy-synthetic", "true".getBytes(UTF_8));
  }

  @Test
  void keepsALabelledRecordWithItsLabel() {
    consumer.holds(SOURCE, source(0, null), source(1, null));
    feed.open();
    feed.step(NOW);

    consumer.arrives(LABELS, label(0, 1, Verdict.TRUE_ALARM, "dos"));
    feed.step(NOW);

    assertThat(heard).containsExactly("TRUE_ALARM new");
    var kept = producer.history().get(0);
    assertThat(kept.topic()).isEqualTo("network.labelled");
    assertThat(new String(kept.key(), UTF_8)).isEqualTo("connections-0-1");
    assertThat(kept.value()).isEqualTo(TrainerFixture.record(1, null).value());
    assertThat(LabelledRecords.label(kept.headers()))
        .isEqualTo(new KnownLabel(Verdict.TRUE_ALARM, "dos", "ann", 5));
  }

  @Test
  void fetchesARecordFromBeforeTheWindowThatIsLabelled() {
    consumer.holds(SOURCE, source(2, null));
    consumer.holds(LABELS, label(0, 1, Verdict.MISSED, "dos"));
    fetching.holds(SOURCE, source(0, null), source(1, null), source(2, null));

    feed.open();
    feed.step(NOW);

    assertThat(collector.status().classes()).containsEntry("dos", 1);
    assertThat(producer.history()).hasSize(1);
    assertThat(heard).containsExactly("MISSED old");
  }

  @Test
  void countsALabelAsGoneWhenRetentionHasTakenItsRecord() {
    consumer.holds(SOURCE, source(2, null));
    consumer.holds(LABELS, label(0, 1, Verdict.MISSED, "dos"));
    fetching.holds(SOURCE, source(2, null));

    feed.open();
    feed.step(NOW);

    assertThat(collector.status().goneLabels()).isEqualTo(1);
  }

  @Test
  void putsALabelWhoseRecordIsGoneOnTheDeadLettersOnce() {
    consumer.holds(SOURCE, source(2, null));
    consumer.holds(LABELS, label(0, 1, Verdict.MISSED, "dos"));
    fetching.holds(SOURCE, source(2, null));

    feed.open();
    feed.step(NOW);
    writer.gone(at(1), new KnownLabel(Verdict.MISSED, "dos", "ann", 5), "again");

    assertThat(producer.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("network.dead-letters", "network.labelled");
    var letter = producer.history().get(0);
    assertThat(new String(letter.value(), UTF_8)).contains("MISSED", "dos", "ann");
    assertThat(letter.headers().lastHeader("eddy-error-reason").value())
        .isEqualTo("LABEL_GONE".getBytes(UTF_8));
  }

  @Test
  void writesNoSecondDeadLetterAfterARestart() {
    consumer.holds(SOURCE, source(2, null));
    consumer.holds(LABELS, label(0, 1, Verdict.TRUE_ALARM, "dos"));
    fetching.holds(SOURCE, source(2, null));
    var mark =
        LabelledRecords.goneMark(
            "network.labelled", at(1), new KnownLabel(Verdict.TRUE_ALARM, "dos", "ann", 5));
    consumer.holds(LABELLED, record(LABELLED, 0, mark.key(), mark.value(), mark.headers()));

    feed.open();
    feed.step(NOW);

    assertThat(producer.history()).isEmpty();
  }

  @Test
  void losesNoLabelWhenKafkaFailsDuringTheFetch() {
    consumer.holds(SOURCE, source(2, null));
    consumer.holds(LABELS, label(0, 1, Verdict.MISSED, "dos"));
    fetching.holds(SOURCE, source(0, null), source(1, null), source(2, null));
    fetching.setPollException(new KafkaException("the broker went away"));
    feed.open();

    feed.step(NOW);
    assertThat(collector.status().events()).as("reading goes on").isEqualTo(1);
    assertThat(collector.nextWanted()).isEqualTo(at(1));
    clock.pass(Duration.ofSeconds(30));
    feed.step(NOW);

    assertThat(collector.status().classes()).containsEntry("dos", 1);
    assertThat(collector.status().goneLabels()).isZero();
  }

  @Test
  void sendsAgainWhatTheBrokerDidNotTake() {
    consumer.holds(SOURCE, source(0, null), source(1, null));
    consumer.holds(LABELS, label(0, 1, Verdict.TRUE_ALARM, "dos"));
    producer.sendException = new TimeoutException("no room");

    feed.open();
    feed.step(NOW);
    assertThat(writer.waiting()).isEqualTo(1);
    producer.sendException = null;
    feed.step(NOW);

    assertThat(writer.waiting()).isZero();
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void doesNotTryForEverToKeepARecordThatIsTooLarge() {
    consumer.holds(SOURCE, source(0, null), source(1, null));
    consumer.holds(LABELS, label(0, 1, Verdict.TRUE_ALARM, "dos"));
    producer.sendException = new RecordTooLargeException("2 MiB");

    feed.open();
    feed.step(NOW);

    assertThat(writer.waiting()).isZero();
    assertThat(collector.status().classes()).containsEntry("dos", 1);
  }

  @Test
  void takesAnOldLabelledRecordFromTheLabelledTopicAndDoesNotKeepItAgain() {
    consumer.holds(SOURCE, source(2, null));
    consumer.holds(LABELLED, kept(0, 1));
    consumer.holds(LABELS, label(0, 1, Verdict.TRUE_ALARM, "dos"));

    feed.open();
    feed.step(NOW);

    assertThat(collector.status().classes()).containsEntry("dos", 1);
    assertThat(collector.status().goneLabels()).isZero();
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void passesOverLabelsThatCannotBeRead() {
    consumer.holds(SOURCE, source(0, null));
    consumer.holds(
        LABELS,
        record(LABELS, 0, "connections-0-0", "{}"),
        record(LABELS, 1, "nonsense", "{}"),
        label(2, 0, Verdict.TRUE_ALARM, null));

    feed.open();
    feed.step(NOW);

    assertThat(heard).containsExactly("unreadable", "unreadable", "TRUE_ALARM old");
  }

  @Test
  void takesALabelBackOnATombstone() {
    consumer.holds(SOURCE, source(0, null));
    feed.open();
    feed.step(NOW);
    consumer.arrives(LABELS, label(0, 0, Verdict.TRUE_ALARM, "dos"));
    feed.step(NOW);

    consumer.arrives(LABELS, record(LABELS, 1, "connections-0-0", null));
    feed.step(NOW);

    assertThat(collector.status().classes()).containsOnlyKeys("unlabelled");
    assertThat(producer.history()).hasSize(2);
    assertThat(producer.history().get(1).value()).isNull();
  }

  @Test
  void followsWhatIsReportedOnDriftFromItsBeginningOnAndReadsNothingTwice() {
    consumer.holds(SOURCE, source(0, null));
    consumer.holds(DRIFT, drift(0, "asked"), drift(1, "answered"));

    feed.open();
    feed.step(NOW);
    assertThat(heard).containsExactly("asked", "answered");
    consumer.arrives(DRIFT, drift(2, "asked by another trainer"));
    feed.step(NOW);

    assertThat(heard).containsExactly("asked", "answered", "asked by another trainer");
  }

  @Test
  void hearsOfALabelOnceThatWasKeptWithItsRecord() {
    consumer.holds(SOURCE, source(2, null));
    consumer.holds(LABELLED, kept(0, 1));
    consumer.holds(LABELS, label(0, 1, Verdict.TRUE_ALARM, "dos"));

    feed.open();
    feed.step(NOW);

    assertThat(heard).containsExactly("TRUE_ALARM old");
  }

  private static ConsumerRecord<byte[], byte[]> drift(long offset, String summary) {
    DriftReport report =
        DriftReport.newBuilder()
            .setKind(DriftKind.NEW_NORMAL)
            .setSubject("h1")
            .setModelVersion("v000001")
            .setFrom(0)
            .setTo(0)
            .setRows(1)
            .setDrifted(true)
            .setSummary(summary)
            .setTimestamp(0)
            .build();
    String json = new String(SchemaJson.of(DriftReport.class).write(report), UTF_8);
    return record(DRIFT, offset, "new-normal/h1", json);
  }

  @Test
  void closesItsClients() {
    feed.close();

    assertThat(consumer.closed()).isTrue();
    assertThat(fetching.closed()).isTrue();
    assertThat(producer.closed()).isTrue();
    assertThat(heard).containsExactly("closed");
  }

  private static ConsumerRecord<byte[], byte[]> source(long offset, @Nullable String attack) {
    byte[] value = TrainerFixture.record(offset, attack).value();
    return record(SOURCE, offset, null, value == null ? null : new String(value, UTF_8));
  }

  private static ConsumerRecord<byte[], byte[]> label(
      long offset, long labelled, Verdict verdict, @Nullable String labelClass) {
    var label = new Label("connections", 0, labelled, verdict, labelClass, "ann", 5L);
    String json = new String(SchemaJson.of(Label.class).write(label), UTF_8);
    return record(LABELS, offset, at(labelled).toString(), json);
  }

  private static ConsumerRecord<byte[], byte[]> kept(long offset, long labelled) {
    SourceRecord source = TrainerFixture.record(labelled, null);
    var label = new KnownLabel(Verdict.TRUE_ALARM, "dos", "ann", 5);
    var written = LabelledRecords.write("network.labelled", source, label);
    return record(LABELLED, offset, written.key(), written.value(), written.headers());
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, @Nullable String key, @Nullable String value) {
    return record(
        partition,
        offset,
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8),
        new RecordHeaders());
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition,
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        1_000 * offset,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }
}

package dev.eddy.benchmarks.stream;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.EddyConfiguration.Http;
import dev.eddy.definition.EddyConfiguration.Scoring;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.model.ModelDevice;
import dev.eddy.stream.StreamsSettings;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.topology.ScoringTopology;
import dev.eddy.stream.topology.TopologyParts;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stream-app's own topology over the same records once for each mode, exactly-once,
 * against a broker in a process of its own, and measures records/s after a warm-up.
 */
final class StreamBenchmark implements AutoCloseable {
  private static final String SOURCE = "bench";
  private static final int PARTITIONS = 1;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration LONGEST_MODE = Duration.ofMinutes(3);

  private final long records;
  private final long warmUp;
  private final Scoring scoring;
  private final BrokerProcess broker;
  private final CommittedRecords committed;
  private final Models models;

  /**
   * Starts the broker and writes the records.
   *
   * @param records measured in each batched mode
   * @param warmUp records before them
   */
  StreamBenchmark(long records, long warmUp, Scoring scoring, long seed) {
    this.records = records;
    this.warmUp = warmUp;
    this.scoring = scoring;
    this.models =
        new Models(
            BenchRecords.definition(SOURCE, SOURCE), seed, new ModelDevice(scoring.device()));
    this.broker = BrokerProcess.start();
    this.committed = new CommittedRecords(broker.bootstrapServers());
    new TopicCreator(KafkaSettings.of(kafka()))
        .createSource(BenchRecords.definition(SOURCE, SOURCE), PARTITIONS);
    produce(records + warmUp, seed);
  }

  private Map<String, String> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private void produce(long count, long seed) {
    BenchRecords source = new BenchRecords(seed);
    Map<String, Object> properties = KafkaSettings.of(kafka()).producer("bench");
    var failure = new AtomicReference<@Nullable Exception>();
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < count; i++) {
        Future<?> unused =
            producer.send(
                new ProducerRecord<>(SOURCE, source.nextKey(), source.nextValue()),
                (metadata, exception) -> {
                  if (exception != null) {
                    failure.compareAndSet(null, exception);
                  }
                });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("benchmark records cannot be written", failure.get());
    }
  }

  /**
   * Runs one mode.
   *
   * @param round makes its topics and group its own
   */
  ModeResult run(Mode mode, int round) throws InterruptedException {
    String name = "bench-" + mode.label().toLowerCase(Locale.ROOT) + "-" + round;
    EddyConfiguration configuration = configuration(mode, name);
    new TopicCreator(KafkaSettings.of(kafka())).createMissing(configuration.stream());
    Champion champion = champion(mode);
    Properties settings = StreamsSettings.of(configuration);
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (var metrics = new StreamMetrics(meters, Clock.systemUTC());
        var streams =
            new KafkaStreams(
                topology(
                    mode,
                    TopologyParts.of(configuration, () -> champion, metrics, Clock.systemUTC())),
                settings)) {
      streams.cleanUp();
      streams.start();
      ModeResult result = measure(mode, settings.getProperty(StreamsConfig.APPLICATION_ID_CONFIG));
      streams.close(Duration.ofSeconds(10));
      streams.cleanUp();
      return result;
    }
  }

  private EddyConfiguration configuration(Mode mode, String name) {
    StreamDefinition definition = BenchRecords.definition(name, SOURCE);
    Scoring of =
        new Scoring(
            mode.batched() ? scoring.batchSize() : 1,
            scoring.deadline(),
            scoring.device(),
            scoring.threads(),
            scoring.exactlyOnce(),
            mode == Mode.ENSEMBLE,
            scoring.stateDirectory());
    return new EddyConfiguration(definition, kafka(), of, Http.DEFAULT);
  }

  private @Nullable Champion champion(Mode mode) {
    return mode.detection() == null ? null : models.champion(mode.detection());
  }

  private static Topology topology(Mode mode, TopologyParts parts) {
    return mode == Mode.PASS_THROUGH
        ? ScoringTopology.passThrough(parts)
        : ScoringTopology.build(parts);
  }

  /** One call a record is an order slower: a tenth of the records shows it as well. */
  private ModeResult measure(Mode mode, String group) throws InterruptedException {
    long from = mode.batched() ? warmUp : warmUp / 10;
    long to = mode.batched() ? warmUp + records : from + records / 10;
    long deadline = System.nanoTime() + LONGEST_MODE.toNanos();
    long startCount = 0;
    long startNanos = 0;
    while (System.nanoTime() < deadline) {
      long count = committed.count(group, SOURCE);
      long now = System.nanoTime();
      if (startCount == 0 && count >= from) {
        startCount = count;
        startNanos = now;
      }
      if (count >= to) {
        return new ModeResult(mode, count - startCount, (now - startNanos) / 1e9);
      }
      Thread.sleep(POLL.toMillis());
    }
    throw new IllegalStateException(
        "mode %s must be through within %s, is not".formatted(mode.label(), LONGEST_MODE));
  }

  @Override
  public void close() {
    committed.close();
    broker.close();
  }
}

package dev.eddy.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.Observation;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.Alert;
import dev.eddy.schema.Score;
import dev.eddy.stream.batch.TaskDriver;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.Shadow;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The scoring topology over the stream "hosts" with two numbers, on a real task. */
final class ScoringFixture implements AutoCloseable {
  static final String SOURCE = "telemetry";

  /** Event times of the tests count from here, in milliseconds. */
  static final long START = 1_790_000_000_000L;

  static final Duration DEADLINE = Duration.ofMillis(20);
  static final Duration COOLDOWN = Duration.ofMinutes(10);
  static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC);
  static final StreamDefinition DEFINITION = definition();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamMetrics metrics = new StreamMetrics(registry, CLOCK);
  private final List<String> refused = new ArrayList<>();
  private final TopologyParts parts;
  private final TaskDriver task;
  private @Nullable Champion champion;

  private ScoringFixture(int batchSize, @Nullable FakeModel model, boolean passThrough) {
    this(batchSize, model, passThrough, Shadow.NONE);
  }

  private ScoringFixture(
      int batchSize, @Nullable FakeModel model, boolean passThrough, Shadow shadow) {
    champion = model == null ? null : model.champion();
    TopologyParts defaults =
        TopologyParts.of(configuration(batchSize), () -> champion, metrics, CLOCK);
    parts =
        new TopologyParts(
            defaults.definition(),
            defaults.topics(),
            batchSize,
            DEADLINE,
            false,
            defaults.champions(),
            shadow,
            (version, cause) -> refused.add(version + ": " + cause.getMessage()),
            defaults.threshold(),
            defaults.entities(),
            defaults.listener(),
            metrics,
            CLOCK);
    task =
        new TaskDriver(
            passThrough ? ScoringTopology.passThrough(parts) : ScoringTopology.build(parts));
  }

  static ScoringFixture with(int batchSize, FakeModel model) {
    return new ScoringFixture(batchSize, model, false);
  }

  static ScoringFixture withBaseline(int batchSize) {
    return new ScoringFixture(batchSize, null, false);
  }

  static ScoringFixture passingThrough() {
    return new ScoringFixture(1, null, true);
  }

  private static StreamDefinition definition() {
    return StreamDefinition.of(
            "hosts",
            new StreamDefinition.Source(
                SOURCE, StreamDefinition.Format.JSON, "host", "at", List.of()),
            List.of(Feature.number("load"), Feature.number("disk")))
        .withLabels(new StreamDefinition.Labels("kind", List.of("normal"), null))
        .withAlerts(new StreamDefinition.Alerts(20, Duration.ofDays(1), COOLDOWN));
  }

  static EddyConfiguration configuration(int batchSize) {
    var scoring = new EddyConfiguration.Scoring(batchSize, DEADLINE, "cpu", 1, true, false, null);
    return new EddyConfiguration(
        DEFINITION,
        Map.of("bootstrap.servers", "127.0.0.1:1"),
        scoring,
        EddyConfiguration.Http.DEFAULT);
  }

  /** An encoder of 200 seeded records; the load's median is near 1 and its scale near 0.5. */
  static Encoder encoder() {
    var random = new Random(7);
    var context = EntityContext.empty(ContextLayout.of(DEFINITION));
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double[] numbers = {1 + 0.5 * random.nextGaussian(), 2 + random.nextGaussian()};
      observations.add(
          context.observe(
              new Event(new Coordinates(SOURCE, 0, i), "host-0", i, numbers, new String[0], null)));
    }
    return Encoder.fit(DEFINITION, observations);
  }

  static byte[] json(String host, long at, double load, double disk) {
    return "{\"host\":\"%s\",\"at\":%d,\"load\":%s,\"disk\":%s}"
        .formatted(host, START + at, load, disk)
        .getBytes(UTF_8);
  }

  void swapTo(FakeModel model) {
    champion = model.champion();
  }

  TaskDriver task() {
    return task;
  }

  StreamMetrics metrics() {
    return metrics;
  }

  TopologyParts parts() {
    return parts;
  }

  List<String> refused() {
    return refused;
  }

  /** Feeds a record, and gives its offset. */
  long pipe(String host, long at, double load, double disk) {
    return task.process(SOURCE, null, json(host, at, load, disk));
  }

  long commit() {
    Long committed = task.commit(SOURCE);
    return committed == null ? -1 : committed;
  }

  List<Score> scores() {
    SchemaJson<Score> json = SchemaJson.of(Score.class);
    return task.sent("hosts.scores").stream().map(record -> json.read(record.value())).toList();
  }

  List<Alert> alerts() {
    SchemaJson<Alert> json = SchemaJson.of(Alert.class);
    return task.sent("hosts.alerts").stream().map(record -> json.read(record.value())).toList();
  }

  List<ProducerRecord<byte[], byte[]>> deadLetters() {
    return task.sent("hosts.dead-letters");
  }

  static String header(ProducerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "(none)" : new String(header.value(), UTF_8);
  }

  @Override
  public void close() {
    task.close();
    metrics.close();
    registry.close();
  }
}

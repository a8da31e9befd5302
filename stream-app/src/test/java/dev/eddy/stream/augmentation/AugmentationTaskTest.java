package dev.eddy.stream.augmentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.Guidance;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodecs;
import dev.eddy.event.TimestampForm;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.AugmentationRejection;
import dev.eddy.schema.AugmentationRequest;
import dev.eddy.stream.batch.TaskDriver;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.ChampionGenerator;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // opened before each test
class AugmentationTaskTest {
  private static final long NOW = 5_000;
  private static final long ASKED_AT = 1_790_000_000_000L;
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private static final StreamDefinition DEFINITION = definition();
  private static final SchemaJson<AugmentationRequest> REQUESTS =
      SchemaJson.of(AugmentationRequest.class);
  private static final SchemaJson<AugmentationRejection> REJECTIONS =
      SchemaJson.of(AugmentationRejection.class);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamMetrics metrics = new StreamMetrics(meters, CLOCK);
  private final List<Integer> chunks = new ArrayList<>();
  private List<String> gateReasons = List.of();
  private List<String> checkReasons = List.of();
  private @Nullable Champion champion = champion(1, true);
  private int openGenerators;
  private TaskDriver task;

  @BeforeEach
  void open() {
    task = new TaskDriver(topology());
  }

  @AfterEach
  void close() {
    task.close();
    meters.close();
    assertThat(openGenerators).as("open generators").isZero();
  }

  @Test
  void publishesRecordsThatAReaderOfTheSourceCanRead() {
    ask("r1", "disk-flood", 3, 42);

    assertThat(synthetic()).hasSize(3);
    ProducerRecord<byte[], byte[]> second = synthetic().get(1);
    Event event =
        (Event)
            EventCodecs.of(DEFINITION)
                .decode(null, second.value(), 0, new Coordinates("telemetry", 0, 0));
    assertThat(event.entity()).isEqualTo("host-1");
    assertThat(event.label()).isEqualTo("disk-flood");
    assertThat(event.timestampMillis()).isEqualTo(ASKED_AT + 1);
    assertThat(second.key()).isEqualTo("host-1".getBytes(UTF_8));
    assertThat(second.timestamp()).isEqualTo(NOW);
    assertThat(metrics.syntheticPublished()).isEqualTo(3);
  }

  @Test
  void saysInHeadersWhatARecordIsAndWhereItComesFrom() {
    ask("r1", "disk-flood", 2, 42);

    ProducerRecord<byte[], byte[]> second = synthetic().get(1);
    assertThat(header(second, "eddy-synthetic")).isEqualTo("true");
    assertThat(header(second, "eddy-model")).isEqualTo("v000001");
    assertThat(header(second, "eddy-class")).isEqualTo("disk-flood");
    assertThat(header(second, "eddy-request")).isEqualTo("r1");
    assertThat(header(second, "eddy-seed")).isEqualTo("42");
    assertThat(header(second, "eddy-row")).isEqualTo("1");
  }

  @Test
  void answersALargeRequestInChunksSoThatScoringIsNotHeldUp() {
    ask("r1", "disk-flood", 600, 42);
    assertThat(synthetic()).hasSize(256);

    task.advance(AugmentationTask.PAUSE);
    task.advance(AugmentationTask.PAUSE);
    task.advance(AugmentationTask.PAUSE);

    assertThat(chunks).containsExactly(256, 256, 88);
    assertThat(synthetic().stream().map(record -> header(record, "eddy-row")).distinct())
        .hasSize(600);
  }

  @Test
  void givesTheSameRecordsForTheSameRequestAndOthersForAnotherSeed() {
    ask("r1", "disk-flood", 600, 42);
    finish();
    ask("r1", "disk-flood", 600, 42);
    finish();
    ask("r1", "disk-flood", 600, 43);
    finish();

    List<String> values =
        synthetic().stream().map(record -> new String(record.value(), UTF_8)).toList();
    assertThat(values.subList(600, 1_200)).isEqualTo(values.subList(0, 600));
    assertThat(values.subList(1_200, 1_800)).doesNotContainAnyElementsOf(values.subList(0, 600));
  }

  @Test
  void goesOnWhereItStoodWhenTheTaskIsOpenedAgain() {
    ask("r1", "disk-flood", 600, 42);

    task.reopen();
    finish();

    assertThat(synthetic()).hasSize(600);
    assertThat(synthetic().stream().map(record -> header(record, "eddy-row")).distinct())
        .hasSize(600);
  }

  @Test
  void answersRequestsInTheOrderOfTheirArrival() {
    ask("r1", "disk-flood", 300, 1);
    ask("r2", "disk-flood", 10, 2);
    finish();

    assertThat(synthetic()).hasSize(310);
    assertThat(header(synthetic().get(299), "eddy-request")).isEqualTo("r1");
    assertThat(header(synthetic().get(300), "eddy-request")).isEqualTo("r2");
  }

  @Test
  void namesTheModelOfEachRecordWhenTheChampionChangesInTheMiddle() {
    ask("r1", "disk-flood", 300, 1);
    champion = champion(2, true);
    finish();

    assertThat(header(synthetic().get(255), "eddy-model")).isEqualTo("v000001");
    assertThat(header(synthetic().get(256), "eddy-model")).isEqualTo("v000002");
  }

  @Test
  void refusesTheRestWhenTheNextChampionHasNoGenerator() {
    ask("r1", "disk-flood", 300, 1);
    champion = champion(2, false);
    finish();

    assertThat(synthetic()).hasSize(256);
    assertThat(rejection().getRows()).isEqualTo(44);
    assertThat(rejection().getModelVersion()).isEqualTo("v000002");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100_001})
  void refusesNumbersOutOfBounds(int rows) {
    ask("r1", "disk-flood", rows, 1);

    assertThat(rejection().getReasons())
        .containsExactly("rows must be in 1 to 100000, got " + rows);
    assertThat(synthetic()).isEmpty();
  }

  @Test
  void refusesARequestThatCouldNotBeAnswered() {
    ask("r1", "x".repeat(700_000), 5, 1);

    assertThat(rejection().getReasons())
        .singleElement()
        .asString()
        .startsWith("request must have at most 262144 bytes, got 700")
        .hasSizeLessThan(100);
  }

  @Test
  void refusesARequestThatComesBeforeThereIsAModel() {
    champion = null;

    ask("r1", "disk-flood", 5, 1);

    assertThat(rejection().getReasons())
        .containsExactly("there must be a model, and none serves yet");
    assertThat(rejection().getModelVersion()).isEqualTo("none");
    assertThat(rejection().getTimestamp()).isEqualTo(NOW);
    assertThat(metrics.syntheticRejected()).isEqualTo(5);
  }

  @Test
  void refusesAClassThatTheGeneratorDoesNotKnow() {
    ask("r1", "meteor", 5, 1);

    assertThat(rejection().getReasons())
        .containsExactly("class must be one of [disk-flood], got meteor");
    assertThat(rejection().getId()).isEqualTo("r1");
  }

  @Test
  void refusesWhatTheGateRefuses() {
    gateReasons = List.of("column shapes must be >= 0.95, got 0.81");

    ask("r1", "disk-flood", 5, 1);

    assertThat(rejection().getReasons()).isEqualTo(gateReasons);
    assertThat(synthetic()).isEmpty();
  }

  @Test
  void refusesAChunkWhoseRowsDoNotPassTheCheckAndAnswersTheNext() {
    checkReasons = List.of("rows equal to training rows must be <= 2 of 256, got 9");
    ask("r1", "disk-flood", 300, 1);
    checkReasons = List.of();
    finish();

    assertThat(rejection().getRows()).isEqualTo(256);
    assertThat(synthetic()).hasSize(44);
    assertThat(header(synthetic().get(0), "eddy-row")).isEqualTo("256");
  }

  @Test
  void refusesARequestThatCannotBeRead() {
    task.process("requests", "r9".getBytes(UTF_8), "garbage".getBytes(UTF_8));

    assertThat(rejection().getId()).isEqualTo("r9");
    assertThat(rejection().getReasons()).hasSize(1);
  }

  @Test
  void drawsAgainUntilTheFixedValuesAreThereAndSaysHow() {
    ask("r1", "disk-flood", 300, 1, Map.of("load", "1"), List.of());
    finish();
    finish();
    ask("r1", "disk-flood", 300, 1, Map.of("load", "1"), List.of());
    finish();
    finish();

    assertThat(synthetic()).hasSize(600);
    assertThat(values().subList(0, 300)).isEqualTo(values().subList(300, 600));
    assertThat(synthetic()).allMatch(record -> load(record) >= 1);
    assertThat(synthetic().stream().map(record -> header(record, "eddy-row")).distinct())
        .hasSize(300);
    assertThat(header(synthetic().get(0), "eddy-guidance")).isEqualTo("rejection");
    assertThat(
            meters
                .get("eddy.synthetic.candidates.rejected")
                .tag("rule", "fixed load")
                .counter()
                .count())
        .isGreaterThan(2_000);
  }

  @Test
  void refusesWhatIsMissingWhenTooManyCandidatesWereNeeded() {
    ask("r1", "disk-flood", 10, 1, Map.of("load", "3.1"), List.of());
    for (int i = 0; i < 20; i++) {
      task.advance(AugmentationTask.PAUSE);
    }

    assertThat(synthetic().size()).isBetween(1, 9);
    assertThat(rejection().getRows()).isEqualTo(10 - synthetic().size());
    assertThat(rejection().getCandidates()).isBetween(2_500L, 3_000L);
    assertThat(rejection().getRejectedByRule()).containsOnlyKeys("fixed load");
    assertThat(rejection().getReasons().get(0)).contains("of 10 rows keep every rule after");
  }

  @Test
  void refusesFixedValuesThatNoRecordCanHave() {
    ask("r1", "disk-flood", 10, 1, Map.of("lod", "3"), List.of());

    assertThat(rejection().getReasons().get(0)).contains("must be a feature");
  }

  @Test
  void goesTheWayFromOneRecordToAnother() {
    List<String> ends =
        List.of(
            "{\"at\":1790000000000,\"host\":\"a\",\"load\":0}",
            "{\"at\":1790000000000,\"host\":\"b\",\"load\":4}");

    ask("r1", "disk-flood", 5, 1, Map.of(), ends);

    assertThat(synthetic().stream().map(AugmentationTaskTest::load))
        .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(header(synthetic().get(0), "eddy-guidance")).isEqualTo("interpolation");
  }

  @Test
  void expectsOfALongWayNoneOfTheShapesOfItsClass() {
    checkReasons = List.of("mean distance from the class's column shapes must be <= 0.171");
    String start = "{\"at\":1790000000000,\"host\":\"a\",\"load\":0}";
    String end = "{\"at\":1790000000000,\"host\":\"b\",\"load\":4}";

    ask("r1", "disk-flood", 200, 1, Map.of(), List.of(start, end));

    assertThat(synthetic()).hasSize(200);
    assertThat(task.sent("rejected")).isEmpty();
  }

  @Test
  void refusesEndsThatAreNoRecordsAndTooManySteps() {
    ask("r1", "disk-flood", 5, 1, Map.of(), List.of("{}", "[]"));
    ask("r2", "disk-flood", 257, 1, Map.of(), List.of("{}", "{}"));

    assertThat(
            task.sent("rejected").stream().map(r -> REJECTIONS.read(r.value()).getReasons().get(0)))
        .containsExactly(
            "between must have records of the source's format",
            "between must have 2 records and 2 to 256 rows, got 2 and 257");
  }

  @Test
  void ignoresATombstone() {
    task.process("requests", "r9".getBytes(UTF_8), null);

    assertThat(task.sent("rejected")).isEmpty();
    assertThat(synthetic()).isEmpty();
  }

  private void finish() {
    for (int i = 0; i < 5; i++) {
      task.advance(AugmentationTask.PAUSE);
    }
  }

  private void ask(String id, String label, int rows, long seed) {
    ask(id, label, rows, seed, Map.of(), List.of());
  }

  private void ask(
      String id,
      String label,
      int rows,
      long seed,
      Map<String, String> fixed,
      List<String> between) {
    var request = new AugmentationRequest(id, label, rows, seed, "test", ASKED_AT, fixed, between);
    task.process("requests", id.getBytes(UTF_8), REQUESTS.write(request));
  }

  private static double load(ProducerRecord<byte[], byte[]> record) {
    Event event =
        (Event)
            EventCodecs.of(DEFINITION)
                .decode(null, record.value(), 0, new Coordinates("telemetry", 0, 0));
    return event.number(0);
  }

  private List<String> values() {
    return synthetic().stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private List<ProducerRecord<byte[], byte[]>> synthetic() {
    return task.sent("synthetic");
  }

  private AugmentationRejection rejection() {
    var rejected = task.sent("rejected");
    assertThat(rejected).hasSize(1);
    return REJECTIONS.read(rejected.get(0).value());
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private Champion champion(int number, boolean generates) {
    var generator =
        new ChampionGenerator(
            List.of("disk-flood"),
            label -> gateReasons,
            label -> List.of(),
            (rows, shaped) -> shaped ? checkReasons : List.of(),
            this::guidance,
            FakeGenerator::new);
    return new Champion(
        ModelVersion.of(number),
        0,
        0,
        () -> {
          throw new IllegalStateException("nothing is scored in this test");
        },
        generates ? generator : null);
  }

  /** Keeps rows whose load is at least a fixed one. */
  private Guidance guidance(Map<String, String> fixed) {
    if (fixed.isEmpty()) {
      return Guidance.FREE;
    }
    if (!fixed.containsKey("load")) {
      throw new IllegalArgumentException(
          "fixed field must be a feature of the stream, got " + fixed);
    }
    double least = Double.parseDouble(fixed.get("load"));
    return new Guidance() {
      @Override
      public boolean isFree() {
        return false;
      }

      @Override
      public boolean isFixed() {
        return true;
      }

      @Override
      public Kept keep(List<SyntheticRow> candidates) {
        List<SyntheticRow> kept =
            candidates.stream().filter(row -> row.numbers()[0] >= least).toList();
        return new Kept(kept, Map.of("fixed load", (long) candidates.size() - kept.size()));
      }
    };
  }

  private Topology topology() {
    var parts =
        new AugmentationParts(
            DEFINITION,
            () -> champion,
            metrics,
            CLOCK,
            () -> TimestampForm.MILLIS,
            "open",
            "synthetic",
            "rejected");
    var topology = new Topology();
    topology.addSource(
        "source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "requests");
    topology.addProcessor("generate", () -> new AugmentationProcessor(parts), "source");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("open"), Serdes.Long(), Serdes.ByteArray()),
        "generate");
    topology.addSink(
        "synthetic", "synthetic", new StringSerializer(), new ByteArraySerializer(), "generate");
    topology.addSink(
        "rejected",
        "rejected",
        new StringSerializer(),
        REJECTIONS.serde().serializer(),
        "generate");
    return topology;
  }

  private static StreamDefinition definition() {
    return StreamDefinition.of(
            "hosts",
            new StreamDefinition.Source(
                "telemetry", StreamDefinition.Format.JSON, "host", "at", List.of()),
            List.of(Feature.number("load"), Feature.category("disk")))
        .withLabels(new StreamDefinition.Labels("kind", List.of("normal"), null));
  }

  private final class FakeGenerator implements Generator {
    FakeGenerator() {
      openGenerators++;
    }

    @Override
    public List<String> classes() {
      return List.of("disk-flood");
    }

    @Override
    public List<SyntheticRow> generate(String labelClass, int rows, long seed) {
      chunks.add(rows);
      var random = new Random(seed);
      List<SyntheticRow> generated = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        double[] numbers = {random.nextGaussian()};
        generated.add(new SyntheticRow("host-1", numbers, new String[] {"sda"}, labelClass));
      }
      return generated;
    }

    @Override
    public List<SyntheticRow> between(SyntheticRow from, SyntheticRow to, int steps, long seed) {
      List<SyntheticRow> way = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        double share = i / (steps - 1.0);
        double[] numbers = {(1 - share) * from.numbers()[0] + share * to.numbers()[0]};
        way.add(new SyntheticRow(from.entity(), numbers, new String[] {"sda"}, from.labelClass()));
      }
      return way;
    }

    @Override
    public void close() {
      openGenerators--;
    }
  }
}

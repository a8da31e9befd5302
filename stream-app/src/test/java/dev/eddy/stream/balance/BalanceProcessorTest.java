package dev.eddy.stream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.augmentation.Guidance;
import dev.eddy.definition.StreamDefinition.Augmentation;
import dev.eddy.definition.StreamDefinition.BalanceJudge;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.AugmentationRequest;
import dev.eddy.stream.batch.TaskDriver;
import dev.eddy.stream.metrics.BalanceMetrics;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.ChampionGenerator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // opened before each test
class BalanceProcessorTest {
  private static final SchemaJson<AugmentationRequest> REQUESTS =
      SchemaJson.of(AugmentationRequest.class);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private @Nullable Champion champion = champion(true);
  private boolean withoutLift;
  private double rate = 2;
  private TaskDriver task;

  @BeforeEach
  void open() {
    task = new TaskDriver(topology());
  }

  @AfterEach
  void close() {
    task.close();
    meters.close();
  }

  @Test
  void asksForWhatTheBalanceLacksAtTheDeclaredRateAndThenForNoMore() {
    count("normal", 900);
    count("r2l", 60);

    wait(1);
    assertThat(requests()).hasSize(1);
    assertThat(requests().get(0).getLabelClass()).isEqualTo("r2l");
    assertThat(requests().get(0).getRows()).as("2 a second for 5 seconds").isEqualTo(10);
    wait(10);

    assertThat(asked()).as("900 are to be 90 % of 1,000").isEqualTo(40);
    assertThat(requests().stream().map(AugmentationRequest::getId).distinct()).hasSize(4);
    assertThat(requests().stream().map(AugmentationRequest::getSeed).distinct()).hasSize(4);
    assertThat(meters.get("eddy.balancer.requested").tag("class", "r2l").counter().count())
        .isEqualTo(40);
    assertThat(meters.get("eddy.balancer.deficit").tag("class", "r2l").gauge().value()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 3600, 720, 10", // 10 per hour, an hour: 720 periods
    "10, 3600, 71, 0", // and five seconds before the first is due
    "1, 2, 1, 2", // 0.5 per second: 2.5 rows a period
    "1, 2, 2, 5",
    "1, 2, 8, 20"
  })
  void keepsToARateOfLessThanARowAPeriodAndCarriesFractions(
      double rows, double seconds, int periods, int expected) {
    rate = rows / seconds;
    task.close();
    task = new TaskDriver(topology());
    count("normal", 900);
    count("r2l", 60);

    wait(periods);

    assertThat(asked()).isEqualTo(expected);
  }

  @Test
  void savesNothingWhileNothingIsDue() {
    rate = 0.2; // a row a period
    task.close();
    task = new TaskDriver(topology());
    wait(100);
    count("normal", 900);
    count("r2l", 60);

    wait(1);

    assertThat(asked()).isOne();
  }

  @Test
  void asksForNothingTwiceAfterARestart() {
    count("normal", 900);
    count("r2l", 60);
    wait(2);

    task.reopen();
    wait(10);

    assertThat(asked()).isEqualTo(40);
    assertThat(requests().stream().map(AugmentationRequest::getId).distinct()).hasSize(4);
  }

  @Test
  void followsTheStream() {
    count("normal", 900);
    count("r2l", 100);
    wait(2);
    assertThat(requests()).isEmpty();

    count("normal", 90);
    wait(3);

    assertThat(asked()).isEqualTo(10);
  }

  @Test
  void waitsWhileTheGateIsNotCertainOfAGainUnlessToldNotToCare() {
    champion = champion(false);
    count("normal", 900);
    count("r2l", 60);

    wait(3);

    assertThat(requests()).isEmpty();
    assertThat(meters.get("eddy.balancer.held").tag("class", "r2l").gauge().value()).isOne();
    assertThat(meters.get("eddy.balancer.deficit").tag("class", "r2l").gauge().value())
        .isEqualTo(40);

    withoutLift = true;
    task.close();
    task = new TaskDriver(topology());
    count("normal", 900);
    count("r2l", 60);
    wait(1);
    assertThat(asked()).isEqualTo(10);
  }

  @Test
  void waitsForAGenerator() {
    champion = null;
    count("normal", 900);
    count("r2l", 60);
    wait(2);
    assertThat(requests()).isEmpty();

    champion = champion(true);
    wait(1);

    assertThat(asked()).isEqualTo(10);
  }

  private void count(String labelClass, long records) {
    task.process(
        "class-mix",
        labelClass.getBytes(StandardCharsets.UTF_8),
        ByteBuffer.allocate(Long.BYTES).putLong(records).array());
  }

  private void wait(int periods) {
    for (int i = 0; i < periods; i++) {
      task.advance(BalanceProcessor.PERIOD);
    }
  }

  private List<AugmentationRequest> requests() {
    return task.sent("requests").stream().map(record -> REQUESTS.read(record.value())).toList();
  }

  private int asked() {
    return requests().stream().mapToInt(AugmentationRequest::getRows).sum();
  }

  private static Champion champion(boolean lifts) {
    var generator =
        new ChampionGenerator(
            List.of("normal", "r2l"),
            label -> List.of(),
            label -> lifts ? List.of() : List.of("what was not measured helps nobody"),
            (rows, shaped) -> List.of(),
            fixed -> Guidance.FREE,
            () -> {
              throw new IllegalStateException("nothing is generated in this test");
            });
    return new Champion(
        ModelVersion.of(1),
        0,
        0,
        () -> {
          throw new IllegalStateException("nothing is scored in this test");
        },
        generator);
  }

  private Topology topology() {
    var augmentation =
        new Augmentation(
            Map.of("r2l", 0.1),
            3,
            withoutLift,
            BalanceJudge.ANY,
            rate,
            List.of(),
            Generation.DEFAULT);
    var metrics = new BalanceMetrics(meters);
    var topology = new Topology();
    topology.addSource("mix", new StringDeserializer(), new LongDeserializer(), "class-mix");
    topology.addProcessor(
        "balance",
        () -> new BalanceProcessor(augmentation, () -> champion, metrics, "counts"),
        "mix");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("counts"), Serdes.String(), Serdes.ByteArray()),
        "balance");
    topology.addSink(
        "requests", "requests", new StringSerializer(), REQUESTS.serde().serializer(), "balance");
    return topology;
  }
}

package dev.eddy.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.schema.Score;
import dev.eddy.scoring.ScoringException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringTopologyTest {
  private final FakeModel model = new FakeModel(1, ScoringFixture.encoder());

  @Test
  void scoresEachEventExactlyOnceWithCoordinatesEntityAndModel() {
    try (var hosts = ScoringFixture.with(3, model)) {
      for (int i = 0; i < 7; i++) {
        hosts.pipe("host-" + i % 2, 1_000 + i, 1, 2);
      }
      hosts.commit();

      assertThat(hosts.scores())
          .extracting(Score::getOffset)
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
      Score last = hosts.scores().get(6);
      assertThat(last.getTopic()).isEqualTo("telemetry");
      assertThat(last.getEntity()).isEqualTo("host-0");
      assertThat(last.getTimestamp()).isEqualTo(ScoringFixture.START + 1_006);
      assertThat(last.getModelVersion()).isEqualTo("v000001");
      assertThat(last.getDetectors()).containsKey("fake");
      assertThat(last.getPValue()).isEqualTo(Math.exp(-last.getScore()), within(1e-12));
      assertThat(hosts.task().sent("hosts.scores").get(6).key())
          .isEqualTo("host-0".getBytes(UTF_8));
      assertThat(model.batches()).containsExactly(3, 3, 1);
    }
  }

  @Test
  void scoresAHalfFullBatchWhenItsDeadlineHasPassed() {
    try (var hosts = ScoringFixture.with(100, model)) {
      hosts.pipe("host-1", 0, 1, 2);
      hosts.pipe("host-1", 1, 1, 2);
      assertThat(hosts.scores()).isEmpty();

      hosts.task().advance(ScoringFixture.DEADLINE);

      assertThat(hosts.scores()).hasSize(2);
      assertThat(model.batches()).containsExactly(2);
    }
  }

  @Test
  void scoresOneByOneWithABatchSizeOfOne() {
    try (var hosts = ScoringFixture.with(1, model)) {
      hosts.pipe("host-1", 0, 1, 2);
      hosts.pipe("host-1", 1, 1, 2);

      assertThat(model.batches()).containsExactly(1, 1);
    }
  }

  @Test
  void writesTheSameRowsAsTheTrainerDoes() {
    var random = new Random(3);
    var context = EntityContext.empty(ContextLayout.of(ScoringFixture.DEFINITION));
    var expected = new FeatureMatrix(model.encoder().width(), 50);
    try (var hosts = ScoringFixture.with(8, model)) {
      for (int i = 0; i < 50; i++) {
        double[] numbers = {random.nextGaussian(), random.nextGaussian() * 10};
        hosts.pipe("host-1", i, numbers[0], numbers[1]);
        var coordinates = new Coordinates("telemetry", 0, i);
        long at = ScoringFixture.START + i;
        var event = new Event(coordinates, "host-1", at, numbers, new String[0], null);
        model.encoder().encode(context.observe(event), expected);
      }
      hosts.commit();
    }

    for (int i = 0; i < 50; i++) {
      assertThat(model.rows().get(i)).as("row %d", i).isEqualTo(expected.row(i));
    }
  }

  @Test
  void goesOnWithRestoredContextsAsIfItHadNeverStopped() {
    var uninterrupted = new FakeModel(1, model.encoder());
    try (var hosts = ScoringFixture.with(4, uninterrupted)) {
      pipeSeeded(hosts, 0, 40);
      hosts.commit();
    }

    var before = ScoringFixture.with(4, model);
    pipeSeeded(before, 0, 21);
    before.commit();
    try (var after = ScoringFixture.with(4, model)) {
      before
          .task()
          .sent("test-entity-context-changelog")
          .forEach(
              record ->
                  after
                      .task()
                      .store("entity-context")
                      .put(new String(record.key(), UTF_8), record.value()));
      pipeSeeded(after, 21, 40);
      after.commit();
    }
    before.close();

    assertThat(model.rows()).usingRecursiveComparison().isEqualTo(uninterrupted.rows());
  }

  private static void pipeSeeded(ScoringFixture hosts, int from, int to) {
    for (int i = from; i < to; i++) {
      var random = new Random(i);
      hosts.pipe("host-" + i % 3, i, random.nextGaussian(), random.nextGaussian());
    }
  }

  @Test
  void writesOneContextForEachEntityAndCommit() {
    try (var hosts = ScoringFixture.with(4, model)) {
      pipeSeeded(hosts, 0, 30);

      hosts.commit();

      assertThat(hosts.task().sent("test-entity-context-changelog")).hasSize(3);
      assertThat(hosts.parts().entities().count()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | UNREADABLE",
        "{\"host\":\"h\",\"at\":1,\"load\":\"much\"} | WRONG_TYPE",
        "{\"at\":1,\"load\":1} | MISSING_FIELD",
        "'' | EMPTY"
      })
  void sendsWhatIsNoEventToTheDeadLettersAsItCame(String value, String reason) {
    try (var hosts = ScoringFixture.with(2, model)) {
      hosts.pipe("host-1", 0, 1, 2);
      byte[] bytes = value.getBytes(UTF_8);
      byte[] key = "a key".getBytes(UTF_8);
      var headers = new RecordHeaders().add("traceparent", "00-1".getBytes(UTF_8));
      hosts.task().process("telemetry", key, bytes, 77, headers);
      hosts.commit();

      assertThat(hosts.deadLetters()).hasSize(1);
      var letter = hosts.deadLetters().get(0);
      assertThat(letter.value()).isEqualTo(bytes);
      assertThat(letter.key()).isEqualTo(key);
      assertThat(letter.timestamp()).isEqualTo(77);
      assertThat(ScoringFixture.header(letter, "traceparent")).isEqualTo("00-1");
      assertThat(ScoringFixture.header(letter, "eddy-error-reason")).isEqualTo(reason);
      assertThat(ScoringFixture.header(letter, "eddy-error-detail")).isNotEmpty();
      assertThat(ScoringFixture.header(letter, "eddy-error-topic")).isEqualTo("telemetry");
      assertThat(ScoringFixture.header(letter, "eddy-error-partition")).isEqualTo("0");
      assertThat(ScoringFixture.header(letter, "eddy-error-offset")).isEqualTo("1");
      assertThat(hosts.scores()).extracting(Score::getOffset).containsExactly(0L);
      assertThat(hosts.metrics().deadLettered()).isEqualTo(1);
    }
  }

  @Test
  void sendsADeadLetterThatFitsForARecordThatDoesNot() {
    try (var hosts = ScoringFixture.with(2, model)) {
      hosts.task().process("telemetry", null, new byte[2 << 20]);
      hosts.pipe("host-1", 0, 1, 2);
      hosts.commit();

      var letter = hosts.deadLetters().get(0);
      assertThat(letter.value()).isNull();
      assertThat(ScoringFixture.header(letter, "eddy-error-detail")).contains("2097152");
      assertThat(ScoringFixture.header(letter, "eddy-error-offset")).isEqualTo("0");
      assertThat(hosts.scores()).hasSize(1);
    }
  }

  @Test
  void sendsATombstoneToTheDeadLetters() {
    try (var hosts = ScoringFixture.with(2, model)) {
      hosts.task().process("telemetry", null, null);
      hosts.commit();

      assertThat(hosts.deadLetters()).hasSize(1);
      assertThat(hosts.deadLetters().get(0).value()).isNull();
      assertThat(ScoringFixture.header(hosts.deadLetters().get(0), "eddy-error-reason"))
          .isEqualTo("EMPTY");
    }
  }

  @Test
  void neitherScoresNorRemembersASyntheticRecord() {
    try (var hosts = ScoringFixture.with(2, model)) {
      var synthetic = new RecordHeaders().add("eddy-synthetic", "true".getBytes(UTF_8));
      hosts.task().process("telemetry", null, ScoringFixture.json("h", 0, 99, 99), 0, synthetic);
      hosts.commit();

      assertThat(hosts.scores()).isEmpty();
      assertThat(hosts.task().sent("test-entity-context-changelog")).isEmpty();
      assertThat(ScoringFixture.header(hosts.deadLetters().get(0), "eddy-error-reason"))
          .isEqualTo("SYNTHETIC");
    }
  }

  @Test
  void accountsForEveryRecordAsScoredOrDead() {
    var random = new Random(11);
    int records = 500;
    try (var hosts = ScoringFixture.with(16, model)) {
      for (int i = 0; i < records; i++) {
        if (random.nextInt(10) == 0) {
          hosts.task().process("telemetry", null, "garbage".getBytes(UTF_8));
        } else {
          hosts.pipe("host-" + random.nextInt(5), i, random.nextGaussian(), 2);
        }
        if (random.nextInt(40) == 0) {
          hosts.commit();
        }
      }
      hosts.commit();

      assertThat(hosts.scores()).extracting(Score::getOffset).doesNotHaveDuplicates();
      assertThat(hosts.scores().size() + hosts.deadLetters().size()).isEqualTo(records);
      assertThat(hosts.metrics().scored() + hosts.metrics().deadLettered()).isEqualTo(records);
    }
  }

  @Test
  void swapsModelsBetweenTwoBatchesOnly() {
    var next = new FakeModel(2, model.encoder());
    try (var hosts = ScoringFixture.with(4, model)) {
      for (int i = 0; i < 6; i++) {
        hosts.pipe("host-1", i, 1, 2);
      }
      hosts.swapTo(next);
      for (int i = 6; i < 11; i++) {
        hosts.pipe("host-1", i, 1, 2);
      }
      hosts.commit();

      assertThat(model.batches()).containsExactly(4, 2); // the open batch went to the old model
      assertThat(next.batches()).containsExactly(4, 1);
      List<String> versions = new ArrayList<>();
      hosts.scores().forEach(score -> versions.add(score.getModelVersion()));
      assertThat(versions.subList(0, 6)).containsOnly("v000001");
      assertThat(versions.subList(6, 11)).containsOnly("v000002");
      assertThat(model.openScorers()).isZero();
      assertThat(next.openScorers()).isEqualTo(1);
    }
    assertThat(next.openScorers()).isZero();
  }

  @Test
  void keepsTheOldModelWhenATaskCannotOpenTheNewOne() {
    var next = new FakeModel(2, model.encoder());
    next.cannotBeOpened();
    try (var hosts = ScoringFixture.with(1, model)) {
      hosts.pipe("host-1", 0, 1, 2);
      hosts.swapTo(next);
      hosts.pipe("host-1", 1, 1, 2);
      hosts.pipe("host-1", 2, 1, 2);

      assertThat(hosts.scores()).extracting(Score::getModelVersion).containsOnly("v000001");
      assertThat(hosts.refused()).containsExactly("v000002: out of memory");
    }
  }

  @Test
  void startsWithBaselinesAndTakesOverTheFirstModel() {
    try (var hosts = ScoringFixture.withBaseline(2)) {
      for (int i = 0; i < 3; i++) {
        hosts.pipe("host-1", i, 1, 2);
      }
      hosts.swapTo(model);
      hosts.pipe("host-1", 3, 1, 2);
      hosts.commit();

      assertThat(hosts.scores())
          .extracting(Score::getModelVersion)
          .containsExactly("baseline", "baseline", "baseline", "v000001");
    }
  }

  @Test
  void sendsTheOneRecordThatTheModelCannotScoreToTheDeadLetters() {
    try (var hosts = ScoringFixture.with(3, model)) {
      hosts.pipe("host-1", 0, 1, 2);
      hosts.pipe("host-2", 1, 1e12, 2);
      hosts.pipe("host-3", 2, 1, 2);

      assertThat(hosts.scores()).extracting(Score::getOffset).containsExactly(0L, 2L);
      assertThat(hosts.deadLetters()).hasSize(1);
      var letter = hosts.deadLetters().get(0);
      assertThat(letter.value()).isEqualTo(ScoringFixture.json("host-2", 1, 1e12, 2));
      assertThat(ScoringFixture.header(letter, "eddy-error-reason")).isEqualTo("UNSCORABLE");
      assertThat(ScoringFixture.header(letter, "eddy-error-offset")).isEqualTo("1");
      assertThat(hosts.metrics().scored()).isEqualTo(2);
    }
  }

  @Test
  void stopsTheTaskUncommittedWhenTheModelItselfFails() {
    var hosts = ScoringFixture.with(3, model);
    hosts.pipe("host-1", 0, 1, 2);
    model.breakDown();

    assertThatThrownBy(hosts::commit).hasRootCauseInstanceOf(ScoringException.class);

    assertThat(hosts.scores()).isEmpty();
    hosts.task().crash();
    hosts.close();
    assertThat(model.openScorers()).isZero();
  }

  @Test
  void passesEventsThroughAsTheyCameWithoutAModel() {
    try (var hosts = ScoringFixture.passingThrough()) {
      hosts.pipe("host-1", 0, 1, 2);
      hosts.task().process("telemetry", null, "garbage".getBytes(UTF_8));

      var sent = hosts.task().sent("hosts.scores");
      assertThat(sent).hasSize(1);
      assertThat(sent.get(0).value()).isEqualTo(ScoringFixture.json("host-1", 0, 1, 2));
      assertThat(sent.get(0).key()).isEqualTo("host-1".getBytes(UTF_8));
      assertThat(hosts.deadLetters()).hasSize(1);
    }
  }
}

package dev.eddy.trainer.collection;

import static dev.eddy.trainer.TrainerFixture.at;
import static dev.eddy.trainer.TrainerFixture.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.schema.Verdict;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.collection.Evidence.RaisedAlert;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final KnownLabel DOS = new KnownLabel(Verdict.TRUE_ALARM, "dos", "ann", 1);
  private static final KnownLabel FALSE_ALARM = new KnownLabel(Verdict.FALSE_ALARM, null, "bob", 2);

  /** Trained up to offset 4; its generator came with v000002. */
  private static final ServingChampion FIRST =
      new ServingChampion(Map.of(0, 4L), Set.of("v000001", "v000002"));

  private final List<String> kept = new ArrayList<>();
  private final Collector.LabelledSink sink =
      new Collector.LabelledSink() {
        @Override
        public void keep(SourceRecord record, KnownLabel label) {
          kept.add(record.coordinates() + " " + label.verdict());
        }

        @Override
        public void gone(Coordinates coordinates, KnownLabel label, String detail) {
          kept.add(coordinates + " gone: " + detail);
        }

        @Override
        public void forget(Coordinates coordinates) {
          kept.add(coordinates + " forgotten");
        }
      };
  private final Collector collector =
      new Collector(TrainerFixture.definition(TrainerFixture.TRAINING), sink, CLOCK);

  @BeforeEach
  void begin() {
    collector.begin(0, 0);
  }

  @ParameterizedTest
  @CsvSource({"normal, NORMAL, normal", "neptune, ANOMALOUS, neptune", ", UNKNOWN, "})
  void takesTheTruthFromTheLabelField(String attack, Truth truth, String labelClass) {
    collector.accept(record(0, attack));

    Sample row = row(0);
    assertThat(row.truth()).isEqualTo(truth);
    assertThat(row.labelClass()).isEqualTo(labelClass);
  }

  @ParameterizedTest
  @CsvSource({
    "TRUE_ALARM, ANOMALOUS",
    "MISSED, ANOMALOUS",
    "FALSE_ALARM, NORMAL",
    "EXPECTED, NORMAL",
    "NEW_NORMAL, NORMAL"
  })
  void takesTheTruthFromALabelThatComesLater(Verdict verdict, Truth truth) {
    collector.accept(record(0, null));

    collector.accept(at(0), new KnownLabel(verdict, null, "ann", 1));

    assertThat(row(0).truth()).isEqualTo(truth);
    assertThat(kept).containsExactly("connections-0-0 " + verdict);
  }

  @Test
  void remembersTheNewestRecordsButThoseThatTheSourceCallsAnomalous() {
    collector.accept(record(0, "neptune"));
    for (long offset = 1; offset <= 400; offset++) {
      collector.accept(record(offset, null));
    }
    collector.accept(record(401, "neptune"));

    assertThat(collector.newest())
        .extracting(row -> row.event().coordinates().offset())
        .hasSize(300)
        .startsWith(101L)
        .endsWith(400L);
  }

  @Test
  void takesTheTruthFromALabelThatCameBeforeItsRecord() {
    collector.accept(at(1), DOS);
    collector.accept(record(0, null));
    collector.accept(record(1, null));

    assertThat(row(0).truth()).isEqualTo(Truth.UNKNOWN);
    assertThat(row(1).truth()).isEqualTo(Truth.ANOMALOUS);
    assertThat(row(1).labelClass()).isEqualTo("dos");
    assertThat(collector.nextWanted()).isNull();
  }

  @Test
  void letsALaterLabelReplaceAnEarlierOneAndTheLabelField() {
    collector.accept(record(0, "neptune"));
    assertThat(collector.accept(at(0), DOS)).isTrue();
    assertThat(collector.accept(at(0), DOS)).as("the same again").isFalse();
    assertThat(row(0).labelClass()).isEqualTo("dos");

    collector.accept(at(0), FALSE_ALARM);

    assertThat(row(0).truth()).isEqualTo(Truth.NORMAL);
    assertThat(collector.status().verdicts())
        .isEqualTo(Map.of(Verdict.TRUE_ALARM, 0L, Verdict.FALSE_ALARM, 1L));
  }

  @Test
  void countsALabelThatContradictsAnotherPersonsAndLetsItHold() {
    collector.accept(record(0, null));
    collector.accept(at(0), DOS);

    collector.accept(at(0), new KnownLabel(Verdict.FALSE_ALARM, null, "ann", 2));
    assertThat(collector.status().conflictingLabels()).as("one may change one's mind").isZero();
    collector.accept(at(0), new KnownLabel(Verdict.TRUE_ALARM, "dos", "bob", 3));

    assertThat(collector.status().conflictingLabels()).isEqualTo(1);
    assertThat(row(0).truth()).isEqualTo(Truth.ANOMALOUS);
  }

  @Test
  void countsAContradictionOnceThoughTheLaterLabelWasKeptAndBothAreReadAgain() {
    collector.acceptKept(record(0, null), FALSE_ALARM);
    collector.accept(at(0), DOS);
    collector.accept(at(0), FALSE_ALARM);

    assertThat(collector.status().conflictingLabels()).isEqualTo(1);
  }

  @Test
  void talliesWhatPeopleSayOfRecordsThatTheChampionWasNotTrainedOn() {
    for (long offset = 0; offset < 10; offset++) {
      collector.accept(record(offset, null));
    }
    collector.champion(FIRST);
    collector.accept(at(4), FALSE_ALARM);
    collector.accept(at(5), DOS);
    collector.accept(at(6), DOS);
    collector.accept(at(7), FALSE_ALARM);
    collector.accept(at(8), new KnownLabel(Verdict.MISSED, "dos", "ann", 1));
    collector.accept(at(9), new KnownLabel(Verdict.MISSED, "dos", "ann", 1));

    collector.champion(FIRST);

    VerdictTally tally = collector.status().champion();
    assertThat(tally.precision()).hasValue(2 / 3.0);
    assertThat(tally.alarms()).isEqualTo(3);
    assertThat(tally.recall()).hasValue(0.5);
    assertThat(tally.anomalies()).isEqualTo(4);
    collector.champion(null);
    assertThat(collector.status().champion().precision()).isEmpty();
  }

  @Test
  void blamesNobodyForTheAlarmsOfAnotherDetector() {
    for (long offset = 0; offset < 10; offset++) {
      collector.accept(record(offset, null));
    }
    collector.accept(alert(5, "v000001"));
    collector.accept(alert(6, "v000002")); // v000001 with its generator
    collector.accept(alert(7, "v000003"));
    collector.accept(at(5), DOS);
    collector.accept(at(6), FALSE_ALARM);
    collector.accept(at(7), FALSE_ALARM);
    collector.accept(at(8), FALSE_ALARM);
    collector.accept(at(9), new KnownLabel(Verdict.MISSED, "dos", "ann", 1));

    collector.champion(new ServingChampion(Map.of(0, 6L), Set.of("v000003")));
    assertThat(collector.status().champion().alarms()).as("its own, and one unknown").isEqualTo(2);
    assertThat(collector.status().champion().precision()).hasValue(0);
    collector.champion(FIRST); // rolled back
    assertThat(collector.status().champion().alarms()).isEqualTo(3);
    collector.accept(alert(8, "v000003")); // read after its label

    collector.champion(FIRST);
    assertThat(collector.status().champion().alarms()).isEqualTo(2);
    assertThat(collector.status().champion().precision()).hasValue(0.5);
    assertThat(collector.status().champion().recall()).hasValue(0.5);
  }

  private static RaisedAlert alert(long offset, String version) {
    return new RaisedAlert("h1", 1_000 * offset, at(offset), version);
  }

  @Test
  void readsFromAManifestUpToWhereAModelWasTrained() {
    collector.accept(record(0, null));
    collector.accept(record(1, null));

    assertThat(TrainedOffsets.last(collector.snapshot().trainedOn(), "connections"))
        .isEqualTo(Map.of(0, 1L));
  }

  @Test
  void goesBackToTheLabelFieldWhenALabelIsTakenBack() {
    collector.accept(record(0, "neptune"));
    collector.accept(at(0), FALSE_ALARM);

    collector.unlabel(at(0));

    assertThat(row(0).labelClass()).isEqualTo("neptune");
    assertThat(kept).endsWith("connections-0-0 forgotten");
  }

  @Test
  void keepsTheContextOfARowThatIsLabelledLater() {
    for (long offset = 0; offset < 20; offset++) {
      collector.accept(record(offset, null));
    }
    double[] context = row(19).observation().context();

    collector.accept(at(19), DOS);

    assertThat(row(19).observation().context()).isEqualTo(context);
    assertThat(context).hasSize(2).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void keepsTheContextOfARecordThatRaisedAnAlert(boolean alertComesFirst) {
    var small =
        new Collector(
            TrainerFixture.definition(TrainerFixture.TRAINING),
            sink,
            new CollectorLimits(10, 1 << 20, 100, 100, 100),
            CLOCK);
    small.begin(0, 0);
    if (alertComesFirst) { // the topics are read side by side
      small.accept(alert(2_950, "v000001"));
    }
    for (long offset = 0; offset < 3_000; offset++) { // of which the set holds a third
      small.accept(record(offset, null));
      if (offset == 2_955 && !alertComesFirst) {
        small.accept(alert(2_950, "v000001"));
      }
    }

    small.accept(at(2_950), DOS);

    assertThat(small.nextWanted()).isNull();
    assertThat(kept).containsExactly("connections-0-2950 TRUE_ALARM");
    assertThat(row(small, 2_950).observation().context()).doesNotContain(Double.NaN);
    small.accept(at(2_951), DOS);
    assertThat(small.nextWanted()).as("one without an alert").isEqualTo(at(2_951));
  }

  @Test
  void fetchesALabelledRecordFromBeforeItsTimeWithAnUnknownContext() {
    collector.begin(0, 100);

    collector.accept(at(5), DOS);

    assertThat(collector.nextWanted()).isEqualTo(at(5));
    collector.acceptFetched(record(5, null));
    assertThat(row(5).truth()).isEqualTo(Truth.ANOMALOUS);
    assertThat(row(5).observation().context()).containsOnly(Double.NaN);
    assertThat(kept).containsExactly("connections-0-5 TRUE_ALARM");
    assertThat(collector.nextWanted()).isNull();
  }

  @Test
  void countsALabelWhoseRecordIsOfNoKnownPartitionAsGone() {
    collector.accept(new Coordinates("connections", 9, 5), DOS);
    collector.accept(new Coordinates("elsewhere", 0, 5), DOS);

    collector.champion(FIRST);
    assertThat(collector.nextWanted()).isNull();
    assertThat(collector.status().goneLabels()).isEqualTo(2);
    assertThat(collector.status().champion().precision()).as("says nothing of it").isEmpty();
    assertThat(kept).hasSize(2).allMatch(line -> line.contains(" gone: "));
  }

  @Test
  void takesARecordThatWasKeptThoughTheSourceWillBringItWithItsContext() {
    collector.begin(0, 100);

    collector.acceptKept(record(5, null), DOS);
    collector.acceptKept(record(105, null), DOS);

    assertThat(collector.status().rows()).isEqualTo(2);
    assertThat(row(105).observation().context()).containsOnly(Double.NaN);
    for (long offset = 100; offset <= 105; offset++) {
      collector.accept(record(offset, null));
    }
    assertThat(row(105).truth()).isEqualTo(Truth.ANOMALOUS);
    assertThat(row(105).observation().context()).hasSize(2).doesNotContain(Double.NaN);
  }

  @Test
  void keepsALabelledRecordThatCompactionHasTakenFromTheSource() {
    collector.acceptKept(record(1, null), DOS);
    collector.accept(record(0, null));
    collector.accept(record(2, null));

    assertThat(row(1).labelClass()).isEqualTo("dos");
    assertThat(collector.nextWanted()).isNull();
  }

  @Test
  void looksForALabelledRecordThatTheSourceDidNotBring() {
    collector.accept(at(1), DOS);
    collector.accept(record(0, null));
    assertThat(collector.nextWanted()).isNull();

    collector.accept(record(2, null));

    assertThat(collector.nextWanted()).isEqualTo(at(1));
  }

  @Test
  void countsALabelWhoseRecordCannotBeReadAsGone() {
    var broken = new SourceRecord(at(0), null, "{".getBytes(UTF_8), 0);
    collector.accept(at(0), DOS);
    collector.accept(broken);
    collector.accept(record(1, null));
    collector.accept(at(0), FALSE_ALARM);
    assertThat(collector.nextWanted()).as("another label on it").isEqualTo(at(0));
    collector.acceptFetched(broken);

    assertThat(collector.nextWanted()).isNull();
    assertThat(collector.status().goneLabels()).isEqualTo(2);
    assertThat(kept).hasSize(2).allMatch(line -> line.contains(" gone: the record cannot be read"));
  }

  @Test
  void trainsOnTheHonestRowsThoughOneClockRunsAheadForEver() {
    for (long offset = 0; offset < 20_000; offset++) {
      long written = 1_700_000_000_000L + 60_000 * offset;
      boolean ahead = offset % 50 == 0;
      String json =
          "{\"host\":\"h%d\",\"ts\":%d,\"duration\":1,\"bytes\":2,\"protocol\":\"tcp\"}"
              .formatted(offset % 50, ahead ? 4_000_000_000_000L : written);
      collector.accept(
          new SourceRecord(
              at(offset), null, json.getBytes(UTF_8), ahead ? 4_000_000_000_000L : written));
    }

    assertThat(collector.snapshot().samples())
        .filteredOn(row -> !row.observation().event().entity().equals("h0"))
        .hasSizeGreaterThan(900);
  }

  @Test
  void countsMalformedRecordsAndGoesOn() {
    collector.accept(new SourceRecord(at(0), null, "{".getBytes(UTF_8), 0));
    collector.accept(new SourceRecord(at(1), null, null, 0));
    collector.accept(record(2, null));

    CollectionStatus status = collector.status();
    assertThat(status.malformed()).isEqualTo(2);
    assertThat(status.events()).isEqualTo(1);
  }

  @Test
  void saysInTheSnapshotWhereItsRowsComeFrom() {
    collector.begin(0, 40);
    collector.accept(record(40, "neptune"));
    collector.accept(record(41, null));

    assertThat(collector.snapshot().trainedOn())
        .containsEntry("connections-0", "offsets 40 to 41")
        .containsEntry("class neptune", "1 rows")
        .containsEntry("records", "2 read, 2 in the training set");
  }

  private Sample row(long offset) {
    return row(collector, offset);
  }

  private static Sample row(Collector collector, long offset) {
    return collector.snapshot().samples().stream()
        .filter(row -> row.observation().event().coordinates().equals(at(offset)))
        .findAny()
        .orElseThrow();
  }
}

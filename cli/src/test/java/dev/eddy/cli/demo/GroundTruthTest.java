package dev.eddy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.schema.Alert;
import dev.eddy.schema.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroundTruthTest {
  private final GroundTruth truth = new GroundTruth();

  private static DemoEvent normal(String host) {
    return new DemoEvent(host, new byte[0], null, null, true);
  }

  private static DemoEvent faulty(String host, String fault, String episode) {
    return new DemoEvent(host, new byte[0], fault, episode, true);
  }

  private static Coordinates at(int partition, long offset) {
    return new Coordinates("telemetry", partition, offset);
  }

  private static Alert alert(String id, int partition, long offset) {
    return new Alert(
        id,
        "a",
        0L,
        "telemetry",
        partition,
        offset,
        9.0,
        0.0001,
        8.0,
        Severity.WARNING,
        null,
        "baseline",
        "",
        List.of(),
        Map.of(),
        List.of(),
        1,
        0);
  }

  @Test
  void tellsThatAnEpisodeHasEndedWithTheNextRecordOfItsOwnHost() {
    truth.written(normal("a"), at(0, 0));
    truth.written(faulty("a", "cpu-hog", "a/0/1"), at(0, 1));
    truth.written(faulty("a", "cpu-hog", "a/0/1"), at(0, 2));
    Optional<Episode> afterAnotherHost = truth.written(normal("b"), at(1, 0));
    Optional<Episode> ended = truth.written(normal("a"), at(0, 3));

    assertThat(afterAnotherHost).isEmpty();
    assertThat(ended).map(Episode::fault).contains("cpu-hog");
    assertThat(truth.records(ended.orElseThrow())).containsExactly(at(0, 1), at(0, 2));
    assertThat(truth.episode(0, 3)).isEmpty();
  }

  @Test
  void takesTwoEpisodesWithNothingBetweenThemAsTwo() {
    truth.written(faulty("a", "cpu-hog", "a/0/1"), at(0, 0));

    Optional<Episode> ended = truth.written(faulty("a", "disk-flood", "a/0/2"), at(0, 1));

    assertThat(ended).map(Episode::fault).contains("cpu-hog");
    assertThat(truth.episodes()).hasSize(2);
  }

  @Test
  void knowsNothingOfRecordsThatWereCutOff() {
    truth.written(new DemoEvent("a", new byte[0], null, null, false), at(0, 0));

    assertThat(truth.knows(0, 0)).isFalse();
  }

  @Test
  void countsAnAlertAsTrueOnlyWhenItOpensInAnEpisode() {
    // given
    AlertLedger ledger = new AlertLedger(truth);
    truth.written(normal("a"), at(0, 0));
    truth.written(faulty("a", "cpu-hog", "a/0/1"), at(0, 1));
    truth.written(normal("a"), at(0, 2));
    truth.written(faulty("a", "cpu-hog", "a/0/2"), at(0, 3));

    // when
    ledger.add(alert("telemetry-0-0", 0, 0));
    ledger.add(alert("telemetry-0-1", 0, 1));
    ledger.add(alert("telemetry-0-1", 0, 1)); // the same alert, read again

    // then
    assertThat(ledger.total()).isEqualTo(2);
    assertThat(ledger.precision()).hasValue(0.5);
    assertThat(ledger.recall()).hasValue(0.5);
    assertThat(truth.alertedByFault().get("cpu-hog")).containsExactly(1, 2);
  }

  @Test
  void judgesNoAlertOfARecordOfWhichNobodyKnowsTheTruth() {
    AlertLedger ledger = new AlertLedger(truth);

    ledger.add(alert("telemetry-0-0", 0, 0));

    assertThat(ledger.total()).isEqualTo(1);
    assertThat(ledger.precision()).isEmpty();
    assertThat(ledger.recall()).isEmpty();
  }
}

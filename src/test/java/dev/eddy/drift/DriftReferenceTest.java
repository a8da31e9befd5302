package dev.eddy.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftReferenceTest {
  private static final StreamDefinition DEFINITION =
      StreamDefinition.of(
          "network",
          new Source("connections", Format.JSON, null, null, List.of()),
          List.of(Feature.number("level"), Feature.number("count"), Feature.category("kind")));

  private final SplittableRandom random = new SplittableRandom(11);
  private final DriftReference reference =
      DriftReference.fromJson(
          DriftReference.of(DEFINITION, rows(5_000, 0, 0, 0), scores(1_250, 1)).toJson());

  @Test
  void staysQuietOverTwoHundredStationaryWindows() {
    long alarms = 0;
    for (int window = 0; window < 200; window++) {
      alarms += drifted(rows(500, 0, 0, 0), scores(500, 1)).size();
    }

    assertThat(alarms).isZero();
  }

  @Test
  void findsAShiftedNumberInItsFirstWindow() {
    for (int window = 0; window < 20; window++) {
      assertThat(drifted(rows(500, 0.5, 0, 0), scores(500, 1))).containsExactly("level");
    }
  }

  @Test
  void findsAnotherMixOfCategoriesAndOneThatIsNew() {
    assertThat(drifted(rows(500, 0, 0.4, 0), scores(500, 1))).containsExactly("kind");
  }

  @Test
  void findsThatANumberIsOftenMissing() {
    assertThat(drifted(rows(500, 0, 0, 0.3), scores(500, 1))).containsExactly("level");
  }

  @Test
  void findsScoresThatHaveGrown() {
    assertThat(drifted(rows(500, 0, 0, 0), scores(500, 1.6))).containsExactly(DriftReference.SCORE);
  }

  @Test
  void takesAsUsualWhatTheReferenceItselfDoesOverTime() {
    List<Observation> day = new ArrayList<>();
    for (int hour = 0; hour < 10; hour++) {
      day.addAll(rows(500, hour < 5 ? 1 : -1, 0, 0));
    }
    DriftReference daily = DriftReference.of(DEFINITION, day, scores(1_250, 1));

    List<Drift> night = daily.compare(DEFINITION, rows(500, -1, 0, 0), scores(500, 1));
    List<Drift> otherwise = daily.compare(DEFINITION, rows(500, 4, 0, 0), scores(500, 1));

    assertThat(night).noneMatch(Drift::drifted);
    assertThat(otherwise).filteredOn(Drift::drifted).extracting(Drift::name).contains("level");
  }

  @Test
  void refusesWhatIsNoReference() {
    assertThatThrownBy(
            () -> DriftReference.fromJson("{\"version\": 9}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reference.json must have version 1, got 9");
  }

  private List<String> drifted(List<Observation> rows, double[] scores) {
    return reference.compare(DEFINITION, rows, scores).stream()
        .filter(Drift::drifted)
        .map(Drift::name)
        .toList();
  }

  /** Of a level with a deviation of 1, a count that is mostly 0, and a kind. */
  private List<Observation> rows(int count, double shift, double newKinds, double missing) {
    List<Observation> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double level = shift + random.nextGaussian();
      double zeroes = random.nextInt(10) < 7 ? 0 : random.nextInt(5);
      @Nullable String kind = random.nextInt(10) < 8 ? "tcp" : "udp";
      var event =
          new Event(
              new Coordinates("connections", 0, i),
              "all",
              i,
              new double[] {random.nextDouble() < missing ? Double.NaN : level, zeroes},
              new String[] {random.nextDouble() < newKinds ? "sctp" : kind},
              null);
      rows.add(new Observation(event, new double[0]));
    }
    return rows;
  }

  /** As -ln of a p-value is distributed: exponential. */
  private double[] scores(int count, double mean) {
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      scores[i] = -mean * Math.log(1 - random.nextDouble());
    }
    return scores;
  }
}

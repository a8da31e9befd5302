package dev.eddy.trainer.drift;

import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.drift.Drift;
import dev.eddy.drift.DriftReference;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.DriftKind;
import dev.eddy.schema.DriftReport;
import dev.eddy.trainer.TestClock;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.gate.AnomalyScores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DriftMonitorTest {
  private static final ModelVersion V1 = ModelVersion.of(1);
  private static final int WINDOW = 600;

  /** Ten minutes, one record a second. */
  private static final StreamDefinition DEFINITION =
      TrainerFixture.definition(
          new Training(
              Duration.ofHours(1),
              Duration.ofDays(7),
              100,
              10,
              1_000,
              7,
              true,
              Limits.DEFAULT,
              Guard.DEFAULT,
              new StreamDefinition.Drift(Duration.ofSeconds(WINDOW), 400, true),
              Gate.DEFAULT));

  private static final AnomalyScores SCORES =
      rows -> rows.stream().mapToDouble(row -> Math.abs(row.event().number(0))).toArray();

  private final SplittableRandom random = new SplittableRandom(17);
  private final List<String> alarms = new ArrayList<>();
  private final List<DriftReport> reports = new ArrayList<>();
  private final DriftMonitor monitor;
  private boolean listenerFails;
  private boolean unavailable;
  private final TestClock clock = new TestClock();
  private long offset;
  private int windows;

  DriftMonitorTest() {
    List<Observation> past = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      past.add(next(0));
    }
    DriftReference reference = DriftReference.of(DEFINITION, past, SCORES.score(past));
    monitor = monitor(DEFINITION, reference);
  }

  private DriftMonitor monitor(StreamDefinition definition, DriftReference with) {
    return new DriftMonitor(
        definition,
        version -> {
          if (unavailable) {
            throw new ModelUnavailableException("network.models must be readable");
          }
          return Optional.of(new DriftMonitor.Champion(with, SCORES));
        },
        new DriftMonitor.Listener() {
          @Override
          public void compared(List<Drift> drifts) {
            windows++;
            if (listenerFails) {
              throw new IllegalStateException("duplicate key");
            }
          }

          @Override
          public void report(DriftReport report) {
            reports.add(report);
          }

          @Override
          public void alarm(String subject) {
            alarms.add(subject);
          }
        },
        clock);
  }

  @Test
  void opensAChampionAgainThatCouldNotBeReadForNow() {
    unavailable = true;
    monitor.champion(V1);
    unavailable = false;
    monitor.champion(V1);
    observe(2 * WINDOW, 0);
    assertThat(windows).as("not asked for with every record").isZero();

    clock.pass(Duration.ofMinutes(1));
    monitor.champion(V1);
    observe(2 * WINDOW, 0);

    assertThat(windows).isPositive();
  }

  @Test
  void staysQuietOverTwoHundredStationaryWindows() {
    monitor.champion(V1);

    while (windows < 200) {
      monitor.observe(next(0));
    }

    assertThat(alarms).isEmpty();
    assertThat(monitor.alarm()).isNull();
    assertThat(reports).extracting(DriftReport::getKind).containsOnly(DriftKind.SCORE);
  }

  @Test
  void findsAShiftWithinTwoWindowsAndSaysSoOnce() {
    monitor.champion(V1);
    observe(WINDOW + 100, 0);
    int before = windows;

    observe(5 * WINDOW, 1);

    assertThat(alarms).contains("duration").doesNotHaveDuplicates();
    assertThat(monitor.alarm()).contains("duration").doesNotContain("bytes");
    DriftReport second =
        reports.stream()
            .filter(report -> report.getSubject().equals("duration"))
            .sorted(Comparator.comparing(DriftReport::getFrom))
            .toList()
            .get(1);
    assertThat(second.getDrifted()).isTrue();
    assertThat(second.getTo()).isLessThan((4_000 + WINDOW + 100 + 2 * (WINDOW + 64)) * 1_000L);
    assertThat(windows - before).isBetween(4, 5);
  }

  @Test
  void reportsThatAFeatureIsAsUsualAgain() {
    monitor.champion(V1);
    observe(4 * WINDOW, 1);

    observe(4 * WINDOW, 0);

    assertThat(monitor.alarm()).isNull();
    assertThat(reports)
        .filteredOn(report -> report.getSubject().equals("duration"))
        .last()
        .extracting(DriftReport::getDrifted)
        .isEqualTo(false);
  }

  @Test
  void forgetsItsAlarmsWhenATrainingBeginsAndWithANewChampion() {
    monitor.champion(V1);
    observe(4 * WINDOW, 1);

    monitor.trainingBegins();

    assertThat(monitor.alarm()).isNull();
  }

  @Test
  void tellsTheScoresFromAFeatureOfTheirName() {
    StreamDefinition named = withAFeatureNamedScore();
    List<Observation> past = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      past.add(next(0));
    }
    DriftReference of = DriftReference.of(named, past, SCORES.score(past));

    List<Drift> drifts = of.compare(named, List.of(next(0), next(0)), new double[] {0, 1});

    assertThat(drifts).extracting(Drift::name).startsWith("score", "score", "bytes");
    assertThat(drifts).extracting(Drift::ofScores).startsWith(true, false, false);
    DriftMonitor watching = monitor(named, of);
    watching.champion(V1);
    for (int i = 0; i < 4 * WINDOW; i++) {
      watching.observe(next(2));
    }
    assertThat(reports)
        .filteredOn(report -> report.getSubject().equals("score"))
        .extracting(DriftReport::getKind)
        .contains(DriftKind.SCORE, DriftKind.FEATURE);
    assertThat(alarms).contains("score");
  }

  private static StreamDefinition withAFeatureNamedScore() {
    return StreamDefinition.of(
            "network",
            new Source(TrainerFixture.SOURCE, Format.JSON, "host", "ts", List.of()),
            List.of(Feature.number("score"), Feature.number("bytes"), Feature.category("protocol")))
        .withTraining(DEFINITION.training());
  }

  @Test
  void goesOnReadingWhereAComparisonFails() {
    monitor.champion(V1);
    listenerFails = true;

    observe(4 * WINDOW, 0);

    assertThat(windows).as("it is not tried again").isEqualTo(1);
    assertThat(reports).isEmpty();
  }

  @Test
  void comparesNothingWithoutAChampion() {
    observe(4 * WINDOW, 1);

    assertThat(windows).isZero();
  }

  @Test
  void holdsAnEvenSampleThoughItsWindowNeverEnds() {
    var window = new DriftWindow(Long.MAX_VALUE / 4, 400, 7);
    boolean full = false;
    for (int i = 0; i < 20_000; i++) {
      full |= window.add(at(i));
    }

    assertThat(full).isFalse();
    assertThat(window.take()).hasSize(DriftWindow.MOST_ROWS);
  }

  @Test
  void isNotEndedByAFewRecordsOfTheFarFuture() {
    var window = new DriftWindow(WINDOW * 1_000L, 400, 7);
    boolean full = false;
    for (int i = 0; i < 576; i++) {
      full |= window.add(i % 100 == 0 ? at(i + 1_000_000L) : at(i));
    }
    for (int i = 576; i < 700; i++) {
      full |= window.add(at(i));
    }

    assertThat(full).isTrue();
    assertThat(window.take()).hasSizeBetween(601, 700);
  }

  private static Observation at(long second) {
    return sample(second, 0, 0, Truth.UNKNOWN, null).observation();
  }

  private void observe(int records, double shift) {
    DoubleStream.generate(() -> shift)
        .limit(records)
        .mapToObj(this::next)
        .forEach(monitor::observe);
  }

  private Observation next(double shift) {
    double duration = shift + random.nextGaussian();
    return sample(offset++, duration, random.nextInt(4), Truth.UNKNOWN, null).observation();
  }
}

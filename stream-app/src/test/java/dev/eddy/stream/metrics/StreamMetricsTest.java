package dev.eddy.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.ModelDevice;
import dev.eddy.schema.Severity;
import dev.eddy.scoring.CalibrationWatch;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamMetricsTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(10_000), ZoneOffset.UTC);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamMetrics metrics = new StreamMetrics(registry, CLOCK);

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void putsFractionalScoresIntoTheRightBuckets() {
    for (double score : new double[] {0.3, 0.3, 0.3, 1.2, 1.2, 2.2}) {
      metrics.score(score);
    }

    assertThat(registry.scrape())
        .contains("eddy_score_bucket{le=\"0.5\"} 3")
        .contains("eddy_score_bucket{le=\"1.5\"} 5")
        .contains("eddy_score_bucket{le=\"3.0\"} 6");
  }

  @Test
  void showsOnlyTheModelThatServesAndItsAge() {
    metrics.serves("v000001", 1_000);

    metrics.serves("v000002", 4_000);

    assertThat(registry.scrape())
        .contains("eddy_model_age_seconds{version=\"v000002\"} 6.0")
        .contains("eddy_model_swaps_total 2.0")
        .doesNotContain("v000001");
  }

  @Test
  void countsBatchesByWhoScoredThem() {
    metrics.batch(3, false, Duration.ofMillis(1), Duration.ofMillis(2));
    metrics.batch(5, true, Duration.ofMillis(1), Duration.ofMillis(2));

    assertThat(metrics.scored()).isEqualTo(8);
    assertThat(metrics.scoredByModel()).isEqualTo(5);
    assertThat(registry.scrape()).contains("eddy_records_scored_total{scorer=\"baseline\"} 3.0");
  }

  @Test
  void showsZeroForReasonsThatDidNotOccurYet() {
    metrics.expectDeadLetters(List.of("EMPTY"));

    assertThat(registry.scrape())
        .contains("eddy_records_dead_lettered_total{reason=\"EMPTY\"} 0.0")
        .contains("eddy_alerts_raised_total{severity=\"CRITICAL\"} 0.0");
  }

  @Test
  void remembersWhenTheLastAlertWasRaised() {
    assertThat(metrics.lastAlertAt()).isNull();

    metrics.alert(Severity.WARNING);

    assertThat(metrics.lastAlertAt()).isEqualTo(10_000);
    assertThat(metrics.alertsRaised()).isEqualTo(1);
  }

  @Test
  void thePageListsTheSameNamesAsTheRegistry() throws IOException {
    metrics.expectDeadLetters(List.of("EMPTY"));
    metrics.serves("v000001", 0);
    metrics.threshold(() -> 7);
    metrics.entities(() -> 1);
    metrics.waiting(() -> 0);
    metrics.shadow(() -> 0, () -> 0, () -> 0, () -> 0);
    metrics.readiness("live", this, test -> 1);
    metrics.calibration(new CalibrationWatch());
    metrics.fellBack(new ModelDevice("gpu:0"), new IllegalStateException("out of memory"));
    metrics.candidatesRejected("range bytes", 1);
    metrics.balance().requested("r2l", 1);
    metrics.balance().deficit("r2l", 1);
    metrics.balance().held("r2l", true);

    assertThat(namesOfPage()).isEqualTo(namesOf(registry.scrape()));
  }

  @Test
  void countsScorersThatLeftAFailingGpu() {
    metrics.fellBack(new ModelDevice("gpu:0"), new IllegalStateException("out of memory"));

    assertThat(registry.scrape()).contains("eddy_device_fallbacks_total{from=\"gpu:0\"} 1.0");
  }

  @Test
  void letsAnotherAppUseTheRegistryAfterwards() {
    metrics.close();

    try (var again = new StreamMetrics(registry, CLOCK)) {
      again.score(1);
      assertThat(registry.scrape()).contains("eddy_score_count 1");
    }
  }

  private static Set<String> namesOfPage() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher row =
        Pattern.compile("^\\| `(eddy_(?!trainer_)\\w+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(PAGE));
    while (row.find()) {
      names.add(row.group(1));
    }
    return names;
  }

  private static Set<String> namesOf(String scrape) {
    Set<String> names = new TreeSet<>();
    Matcher type =
        Pattern.compile("^# TYPE (eddy_\\w+) (\\w+)$", Pattern.MULTILINE).matcher(scrape);
    while (type.find()) {
      if (!type.group(1).endsWith("_max")) { // Micrometer's companion of each histogram
        names.add(type.group(1));
      }
    }
    return names;
  }
}

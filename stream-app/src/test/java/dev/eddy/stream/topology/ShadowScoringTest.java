package dev.eddy.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Alerts;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.Observation;
import dev.eddy.registry.InMemoryModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.stream.alert.AlertThreshold;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.Shadow;
import dev.eddy.stream.model.ShadowFeed;
import dev.eddy.stream.model.ShadowFigures;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShadowScoringTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private final FakeModel model = new FakeModel(2, ScoringFixture.encoder());
  private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
  private final ShadowFeed feed = new ShadowFeed(registry, this::load);
  private final ShadowScoring scoring =
      new ShadowScoring(new Shadow(feed, feed.figures()), new AlertThreshold(Alerts.DEFAULT), 2);
  private final EntityContext context =
      EntityContext.empty(ContextLayout.of(ScoringFixture.DEFINITION));

  private Champion load(ModelVersion version) {
    return model.champion();
  }

  @BeforeEach
  void choose() {
    feed.start();
    registry.shadow(ModelVersion.of(2), "look", "ann");
    Awaitility.await().until(() -> feed.get() != null);
  }

  @AfterEach
  void close() {
    scoring.close();
    feed.close();
  }

  @Test
  void countsWhereItWouldHaveDecidedOtherwise() {
    score(champion(0, 9), LONG); // the fake model scores both records far above the threshold

    assertThat(figures())
        .extracting(
            ShadowFigures.Snapshot::version,
            ShadowFigures.Snapshot::records,
            ShadowFigures.Snapshot::champion,
            ShadowFigures.Snapshot::shadow,
            ShadowFigures.Snapshot::disagreements)
        .containsExactly("v000002", 2L, 1L, 2L, 1L);
  }

  @Test
  void getsNoMoreTimeThanItsShare() {
    for (int batch = 0; batch < 100; batch++) {
      score(champion(0, 0), Duration.ofNanos(1));
    }

    assertThat(model.batches().size()).as("the first one, and then it owes time").isEqualTo(1);
  }

  @Test
  void isLeftOutWhenItFailsAndHurtsNobody() {
    model.breakDown();

    score(champion(0, 0), LONG);
    score(champion(0, 0), LONG);

    assertThat(figures().records()).isZero();
    assertThat(model.openScorers()).isZero();
  }

  @Test
  void endsWithItsVersion() {
    score(champion(0, 0), LONG);

    registry.shadow(null, "seen enough", "ann");
    Awaitility.await().until(() -> feed.get() == null);
    score(champion(0, 0), LONG);

    assertThat(model.openScorers()).isZero();
    assertThat(feed.figures().snapshot()).isNull();
  }

  private ShadowFigures.Snapshot figures() {
    return Objects.requireNonNull(feed.figures().snapshot(), "there is a shadow");
  }

  private void score(ScoredBatch champion, Duration took) {
    scoring.score(2, this::observation, champion, took);
  }

  private Observation observation(int row) {
    return context.observe(
        new Event(
            new Coordinates("telemetry", 0, row),
            "host",
            row,
            new double[] {1_000, 2},
            new String[0],
            null));
  }

  private static ScoredBatch champion(double... scores) {
    return new ScoredBatch(scores, List.of("fake"), new double[][] {scores});
  }
}

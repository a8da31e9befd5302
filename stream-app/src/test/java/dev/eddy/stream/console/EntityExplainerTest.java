package dev.eddy.stream.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.BaselineScorer;
import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.Explanation;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import dev.eddy.stream.model.Champion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntityExplainerTest {
  private @Nullable Champion champion;
  private int open;
  private final EntityExplainer explainer = new EntityExplainer(() -> champion);

  @Test
  void explainsTheLastRecordOfAnEntityAlsoWhenItIsNormal() {
    champion = champion(1);
    score("host-1", 5, 1.5);
    score("host-2", 9, 0.2);
    score("host-1", 7, 0.5);

    assertThat(explainer.explain("host-1"))
        .hasValue(
            new EntityExplainer.EntityExplanation(
                "host-1",
                7_000,
                "t-0-7",
                0.5,
                "v000001",
                0.25,
                true,
                List.of(new Contribution("load", "7.0", "1", null, 1))));
  }

  @Test
  void saysNothingOfUnknownEntitiesAndBeforeThereIsAModel() {
    score("host-1", 5, 1.5);

    assertThat(explainer.explain("host-1")).isEmpty();
    champion = champion(1);
    assertThat(explainer.explain("host-2")).isEmpty();
  }

  @Test
  void keepsOneScorerOpenAndChangesItWithTheModel() {
    score("host-1", 5, 1.5);
    champion = champion(1);
    explainer.explain("host-1");
    explainer.explain("host-1");
    assertThat(open).isEqualTo(1);

    champion = champion(2);

    assertThat(explainer.explain("host-1").orElseThrow().modelVersion()).isEqualTo("v000002");
    assertThat(open).isEqualTo(1);
    explainer.close();
    assertThat(open).isZero();
    assertThat(explainer.explain("host-1")).isEmpty();
  }

  @Test
  void forgetsTheEntitiesThatWereQuietLongest() {
    champion = champion(1);
    for (int i = 0; i <= EntityExplainer.CAPACITY; i++) {
      score("host-" + i, 5, 1.5);
    }

    assertThat(explainer.explain("host-0")).isEmpty();
    assertThat(explainer.explain("host-1")).isPresent();
  }

  private void score(String entity, int load, double score) {
    explainer.scored(
        new Observation(
            new Event(
                new Coordinates("t", 0, load),
                entity,
                load * 1_000L,
                new double[] {load},
                new @Nullable String[0],
                null),
            new double[0]),
        score);
  }

  private Champion champion(int version) {
    return new Champion(ModelVersion.of(version), 0, 0, this::open, null);
  }

  private Scorer open() {
    open++;
    return new Scorer() {
      @Override
      public Encoder encoder() {
        throw new IllegalStateException("not encoded in this test");
      }

      @Override
      public ScoredBatch score(FeatureMatrix rows) {
        throw new IllegalStateException("not scored in this test");
      }

      @Override
      public Explanation explain(Observation observation, @Nullable BaselineScorer secondOpinion) {
        String load = Double.toString(observation.event().number(0));
        return new Explanation(0.25, List.of(new Contribution("load", load, "1", null, 1)));
      }

      @Override
      public void close() {
        open--;
      }
    };
  }
}

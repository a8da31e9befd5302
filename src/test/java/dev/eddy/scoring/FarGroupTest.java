package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Part;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.ModelDevice;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One row in twenty lies four deviations out, in every number and all on the same side. */
class FarGroupTest {
  private static final int ROWS = 1000;
  private static final int NUMBERS = 12;
  private static final int EVERY = 20;

  private final Random random = new Random(29);
  private final StreamDefinition definition = definition();
  private final EntityContext context = EntityContext.empty(ContextLayout.of(definition));

  @Test
  void isFoundAlthoughAsinhDrawsItTogether() {
    List<Observation> rows = IntStream.range(0, ROWS).mapToObj(this::row).toList();
    Encoder encoder = Encoder.fit(definition, rows);
    DetectionModel model =
        new DetectionTrainer(
                Detection.DEFAULT.withDetectors(Set.of(Part.VAE, Part.NEIGHBOURS, Part.COVARIANCE)))
            .train(
                encoder,
                rows.stream().map(row -> new Sample(row, Truth.UNKNOWN, null)).toList(),
                1,
                ModelDevice.CPU);

    FeatureMatrix encoded = new FeatureMatrix(encoder.width(), ROWS);
    rows.forEach(row -> encoder.encode(row, encoded));
    try (Scorer scorer = model.open(ModelDevice.CPU)) {
      ScoredBatch scored = scorer.score(encoded);
      for (String name : List.of("vae.elbo", "neighbours.distance", "covariance.distance")) {
        double[] scores = scored.detector(scored.detectorNames().indexOf(name));
        double lowest =
            IntStream.range(0, ROWS)
                .filter(FarGroupTest::isFar)
                .mapToDouble(row -> scores[row])
                .min()
                .orElseThrow();
        double[] ordinary =
            IntStream.range(0, ROWS)
                .filter(row -> !isFar(row))
                .mapToDouble(row -> scores[row])
                .sorted()
                .toArray();
        assertThat(lowest).as(name).isGreaterThan(ordinary[(int) (0.95 * ordinary.length)]);
      }
    }
  }

  private static boolean isFar(int row) {
    return row % EVERY == 0;
  }

  private Observation row(int row) {
    double[] numbers = new double[NUMBERS];
    Arrays.setAll(numbers, i -> random.nextGaussian() + (isFar(row) ? 4 : 0));
    return context.observe(
        new Event(new Coordinates("toy", 0, row), "all", row, numbers, new String[0], null));
  }

  private static StreamDefinition definition() {
    return StreamDefinition.of(
            "toy",
            new Source("toy", Format.JSON, null, null, List.of()),
            IntStream.range(0, NUMBERS).mapToObj(i -> Feature.number("n" + i)).toList())
        .withContext(Context.NONE);
  }
}

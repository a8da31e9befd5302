package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.Detection;
import dev.eddy.definition.Detection.Objective;
import dev.eddy.definition.Detection.Part;
import dev.eddy.definition.Detection.Window;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Season;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.EntityContext;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTrainerTest {
  private static final long SEED = 17;
  private static final Detection CLASSICAL =
      Detection.DEFAULT.withDetectors(
          Set.of(Part.NEIGHBOURS, Part.FOREST, Part.HISTOGRAM, Part.COVARIANCE));

  private final ToyStream stream = new ToyStream(SEED);
  private final List<Sample> samples = stream.samples(1500);
  private final Encoder encoder =
      Encoder.fit(ToyStream.DEFINITION, samples.stream().map(Sample::observation).toList());

  @Test
  void givesOrdinaryRecordsThePValuesItPromises() {
    DetectionModel model = train(CLASSICAL, samples);
    try (Scorer scorer = model.open(ModelDevice.CPU)) {
      ScoredBatch scored = scorer.score(encode(ordinary(5000)));

      double below =
          IntStream.range(0, scored.rows()).filter(row -> scored.pValue(row) <= 0.05).count()
              / (double) scored.rows();
      assertThat(below).as("share of p <= 0.05, seed %d", SEED).isBetween(0.025, 0.1);
    }
  }

  @Test
  void ranksWrongRecordsAboveOrdinaryOnes() {
    DetectionModel model = train(CLASSICAL, samples);
    List<Observation> test = ordinary(200);
    test.add(stream.observation(20, "chat", 20_000, 2)); // the bytes of another protocol
    test.add(stream.observation(20, "chat", 2000, 9)); // far too long
    test.add(stream.observation(20, "smtp", 2000, 2)); // a protocol that was never seen
    test.add(stream.observation(Double.NaN, "chat", 2000, 2));
    try (Scorer scorer = model.open(ModelDevice.CPU)) {
      ScoredBatch scored = scorer.score(encode(test));

      for (int row = 200; row < 203; row++) {
        assertThat(scored.pValue(row)).as("p of wrong record %d", row).isLessThan(0.01);
      }
      assertThat(scored.score(203)).isFinite();
    }
  }

  @Test
  void readsBackTheModelThatItWrote() {
    DetectionModel model = train(CLASSICAL, samples);
    FeatureMatrix rows = encode(ordinary(50));

    DetectionModel read = DetectionModel.fromParts(encoder, model.parts());

    assertThat(read.detectorNames()).isEqualTo(model.detectorNames());
    assertThat(read.figures()).isEqualTo(model.figures());
    try (Scorer before = model.open(ModelDevice.CPU);
        Scorer after = read.open(ModelDevice.CPU)) {
      ScoredBatch expected = before.score(rows);
      ScoredBatch found = after.score(rows);
      for (int row = 0; row < rows.rows(); row++) {
        assertThat(found.score(row)).isEqualTo(expected.score(row));
        assertThat(found.detectors(row)).isEqualTo(expected.detectors(row));
      }
    }
  }

  @Test
  void refusesFilesThatDoNotMakeAModel() {
    assertThatThrownBy(() -> DetectionModel.fromParts(encoder, Map.of()))
        .hasMessage("model must hold calibration.json, got []");
  }

  @Test
  void refusesTooFewSamples() {
    assertThatThrownBy(() -> train(CLASSICAL, samples.subList(0, 49)))
        .hasMessage(
            "training must have at least 50 samples that are not labelled anomalous, got 49");
  }

  @Test
  void keepsLabelledAnomaliesFromWhatIsNormal() {
    List<Sample> contaminated = new ArrayList<>(samples);
    List<Sample> cleaned = new ArrayList<>(samples);
    for (int i = 0; i < 150; i++) {
      Observation wrong = stream.observation(20, "chat", 20_000 + i, 9);
      contaminated.add(i * 10, new Sample(wrong, Truth.UNKNOWN, null));
      cleaned.add(i * 10, new Sample(wrong, Truth.ANOMALOUS, "flood"));
    }
    FeatureMatrix wrong = encode(List.of(stream.observation(20, "chat", 20_050, 9)));

    try (Scorer unlabelled = train(CLASSICAL, contaminated).open(ModelDevice.CPU);
        Scorer labelled = train(CLASSICAL, cleaned).open(ModelDevice.CPU)) {
      assertThat(unlabelled.score(wrong).pValue(0)).isGreaterThan(0.01);
      assertThat(labelled.score(wrong).pValue(0)).isLessThan(0.005);
    }
  }

  @Test
  void takesRowsForNormalOnceNearlyAllAreLabelledSo() {
    List<Sample> known =
        samples.stream().map(s -> new Sample(s.observation(), Truth.NORMAL, null)).toList();

    assertThat(train(CLASSICAL, samples).figures()).containsEntry("oneClass", 0.0);
    assertThat(train(CLASSICAL, known).figures()).containsEntry("oneClass", 1.0);
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    try (Scorer scorer = train(CLASSICAL, samples).open(ModelDevice.CPU)) {
      assertThatThrownBy(() -> scorer.score(new FeatureMatrix(2, 1))).hasMessageContaining("got 2");
    }
  }

  @Test
  void blamesTheFieldThatWasSpoiltWithoutNetworksToo() {
    try (Scorer scorer = train(CLASSICAL, samples).open(ModelDevice.CPU)) {
      List<Contribution> contributions =
          scorer.explain(stream.observation(20, "chat", 2000, 9), null).contributions();

      assertThat(contributions).hasSize(4);
      assertThat(contributions.get(0).feature()).isEqualTo("duration");
      assertThat(contributions.get(0).value()).isEqualTo("9");
      assertThat(sum(contributions)).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  @Tag("slow")
  void theWholeEnsembleFindsAndExplainsASpoiltField() {
    DetectionModel model = train(Detection.DEFAULT.withMode(Detection.Mode.ONE_CLASS), samples);
    int found = 0;
    int blamed = 0;
    int trials = 40;
    try (Scorer scorer = model.open(ModelDevice.CPU)) {
      for (int i = 0; i < trials; i++) {
        boolean duration = i % 2 == 0;
        Observation spoilt =
            duration
                ? stream.observation(20, "chat", 2000 + i, 5 + 0.1 * i)
                : stream.observation(20, "chat", 9000 + 100 * i, 2);
        found += scorer.score(encode(List.of(spoilt))).pValue(0) < 0.01 ? 1 : 0;
        List<Contribution> contributions = scorer.explain(spoilt, null).contributions();
        blamed += contributions.get(0).feature().equals(duration ? "duration" : "bytes") ? 1 : 0;
        assertThat(contributions).allMatch(c -> c.contribution() >= 0);
        assertThat(sum(contributions)).isCloseTo(1, within(1e-9));
      }
    }
    assertThat(found).as("found of %d, seed %d", trials, SEED).isGreaterThanOrEqualTo(36);
    assertThat(blamed).as("blamed of %d, seed %d", trials, SEED).isGreaterThanOrEqualTo(32);
  }

  @Test
  @Tag("slow")
  void trainsTheSameModelFromTheSameSeed() {
    Detection settings = Detection.DEFAULT.withDetectors(Set.of(Part.VAE, Part.FOREST));
    Map<String, byte[]> first = train(settings, samples).parts();
    Map<String, byte[]> again = train(settings, samples).parts();

    assertThat(again).containsOnlyKeys(first.keySet());
    first.forEach((name, bytes) -> assertThat(again.get(name)).as(name).isEqualTo(bytes));
  }

  @ParameterizedTest
  @CsvSource({"60, 2", "200, 2", "60, 500"})
  void trainsEveryPartOnFewRowsOfFewOrManyColumns(int rows, int columns) {
    List<Feature> features =
        IntStream.range(0, columns).mapToObj(i -> Feature.number("f" + i)).toList();
    StreamDefinition definition =
        StreamDefinition.of("wide", ToyStream.DEFINITION.source(), features);
    Random random = new Random(SEED);
    List<Sample> wide = new ArrayList<>();
    EntityContext context = EntityContext.empty(ContextLayout.of(definition));
    for (int row = 0; row < rows; row++) {
      double[] numbers = random.doubles(columns).toArray();
      Event event =
          new Event(new Coordinates("t", 0, row), "all", row, numbers, new String[0], null);
      wide.add(new Sample(context.observe(event), Truth.UNKNOWN, null));
    }
    Encoder fitted = Encoder.fit(definition, wide.stream().map(Sample::observation).toList());
    Detection everything =
        Detection.DEFAULT
            .withDetectors(Set.of(Part.values()))
            .withTrainingBudget(Duration.ofMillis(400));

    DetectionModel model =
        new DetectionTrainer(everything).train(fitted, wide, SEED, ModelDevice.CPU);

    assertThat(model.figures().get("trainingStepsDone")).isBetween(0.001, 1.0);
    FeatureMatrix encoded = new FeatureMatrix(fitted.width(), rows);
    wide.forEach(sample -> fitted.encode(sample.observation(), encoded));
    DetectionModel read = DetectionModel.fromParts(fitted, model.parts());
    assertThat(read.detectorNames())
        .contains("vae-gan.features", "bigan.distance", "clusters.distance");
    try (Scorer before = model.open(ModelDevice.CPU);
        Scorer after = read.open(ModelDevice.CPU)) {
      ScoredBatch expected = before.score(encoded);
      ScoredBatch found = after.score(encoded);
      for (int row = 0; row < rows; row++) {
        assertThat(found.detectors(row)).isEqualTo(expected.detectors(row));
        assertThat(expected.score(row)).isFinite();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "VAE, NOISE_CONTRASTIVE",
    "DISCRIMINATOR, NOISE_CONTRASTIVE",
    "DISCRIMINATOR, HINGE",
    "HISTOGRAM VAE DISCRIMINATOR BIGAN, NOISE_CONTRASTIVE",
    "VAE_GAN BIGAN, WASSERSTEIN",
  })
  void sharesTheTimeBudgetAmongTheNetworksThatItTrains(String parts, Objective objective) {
    Detection settings = networks(parts).withObjective(objective);
    Set<String> trained = new HashSet<>();
    AtomicLong seconds = new AtomicLong(); // one at each look: every network does one step

    new DetectionTrainer(
            settings,
            DeviceListener.NONE,
            (network, step, steps, loss) -> trained.add(network),
            () -> Duration.ofSeconds(seconds.incrementAndGet()).toNanos())
        .train(encoder, samples.subList(0, 100), SEED, ModelDevice.CPU);

    assertThat(trained).hasSize(DetectionTrainer.networks(settings, 0));
  }

  @Test
  void leavesTheAutoencodersScoresOutWhereOnlyDiscriminatorsAreOn() {
    DetectionModel model = train(networks("DISCRIMINATOR"), samples);
    FeatureMatrix rows = encode(ordinary(20));

    assertThat(model.detectorNames()).containsExactly("gan.rows", "gan.residuals");
    assertThat(train(networks("VAE DISCRIMINATOR"), samples).detectorNames())
        .containsExactly("vae.elbo", "vae.kl", "gan.rows", "gan.residuals");
    try (Scorer before = model.open(ModelDevice.CPU);
        Scorer after = DetectionModel.fromParts(encoder, model.parts()).open(ModelDevice.CPU)) {
      ScoredBatch expected = before.score(rows);
      ScoredBatch found = after.score(rows);
      for (int row = 0; row < rows.rows(); row++) {
        assertThat(found.detectors(row)).isEqualTo(expected.detectors(row));
      }
    }
  }

  private static Detection networks(String parts) {
    Set<Part> on = Arrays.stream(parts.split(" ")).map(Part::valueOf).collect(Collectors.toSet());
    return Detection.DEFAULT.withDetectors(on).withTrainingBudget(Duration.ofMillis(400));
  }

  @Test
  void readsLagsAsAWindowThroughStreamDefinitionAndFiles() {
    Context lags =
        new Context(true, 100, 0, List.of(), List.of(1, 2, 3), Set.of(), Set.of(Season.DAY));
    StreamDefinition definition =
        StreamDefinition.of("lagged", ToyStream.DEFINITION.source(), List.of(Feature.number("x")))
            .withContext(lags)
            .withDetection(
                Detection.DEFAULT
                    .withDetectors(Set.of(Part.VAE))
                    .withWindow(Window.ATTENTION)
                    .withTrainingBudget(Duration.ofMillis(400)));
    EntityContext context = EntityContext.empty(ContextLayout.of(definition));
    Random random = new Random(SEED);
    List<Sample> history = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double[] numbers = {Math.sin(i * 0.3) + 0.1 * random.nextGaussian()};
      Event event =
          new Event(new Coordinates("t", 0, i), "all", i * 600_000L, numbers, new String[0], null);
      history.add(new Sample(context.observe(event), Truth.UNKNOWN, null));
    }
    Encoder fitted = Encoder.fit(definition, history.stream().map(Sample::observation).toList());

    Map<String, byte[]> parts =
        new DetectionTrainer(definition.detection())
            .train(fitted, history, SEED, ModelDevice.CPU)
            .parts();

    Tensors vae = Tensors.fromSafetensors(parts.getOrDefault("vae.safetensors", new byte[0]));
    assertThat(vae.names())
        .contains("vae.asinh.window.places", "vae.asinh.encoder.window.query.weight")
        .doesNotContain("vae.linear.window.places");
    assertThat(vae.get("vae.asinh.window.places").shape()).containsExactly(1, 4);
    assertThat(DetectionModel.fromParts(fitted, parts).detectorNames())
        .containsExactly("vae.elbo", "vae.kl");
  }

  @Test
  void goesOnFromAnEarlierModelInFewerStepsAndRepeatably() {
    Set<String> steps = new TreeSet<>();
    Detection networks =
        Detection.DEFAULT.withDetectors(Set.of(Part.VAE, Part.DISCRIMINATOR, Part.HISTOGRAM));
    var trainer =
        new DetectionTrainer(
            networks,
            DeviceListener.NONE,
            (network, step, of, loss) -> steps.add(network + " " + of));
    List<Sample> half = samples.subList(0, 750);
    DetectionModel earlier = trainer.train(encoder, half, SEED, ModelDevice.CPU);
    assertThat(steps)
        .containsExactly("gan.residuals 500", "gan.rows 500", "vae.asinh 1000", "vae.linear 1000");
    steps.clear();

    DetectionModel warm = trainer.train(encoder, samples, SEED + 1, earlier, ModelDevice.CPU);

    assertThat(steps)
        .containsExactly("gan.residuals 200", "gan.rows 200", "vae.asinh 400", "vae.linear 400");
    assertThat(warm.changesFrom(earlier)).isEmpty();
    DetectionModel read = DetectionModel.fromParts(encoder, earlier.parts());
    DetectionModel again = trainer.train(encoder, samples, SEED + 1, read, ModelDevice.CPU);
    assertThat(again.parts().get("vae.safetensors")).isEqualTo(warm.parts().get("vae.safetensors"));
    assertThat(again.parts().get("gan.safetensors")).isEqualTo(warm.parts().get("gan.safetensors"));
  }

  @Test
  void beginsWithRandomWeightsWhereACategoryIsNew() {
    Set<Integer> steps = new TreeSet<>();
    var trainer =
        new DetectionTrainer(
            Detection.DEFAULT.withDetectors(Set.of(Part.VAE)),
            DeviceListener.NONE,
            (network, step, of, loss) -> steps.add(of));
    DetectionModel earlier = trainer.train(encoder, samples, SEED, ModelDevice.CPU);
    List<Sample> more = new ArrayList<>(samples);
    for (int i = 0; i < 100; i++) {
      more.add(new Sample(stream.observation(20, "smtp", 2_000, 2), Truth.UNKNOWN, null));
    }
    Encoder fitted =
        Encoder.fit(ToyStream.DEFINITION, more.stream().map(Sample::observation).toList());

    DetectionModel model = trainer.train(fitted, more, SEED, earlier, ModelDevice.CPU);

    assertThat(steps).containsExactly(1000);
    assertThat(model.changesFrom(earlier)).containsExactly("column protocol=smtp added");
    assertThat(earlier.changesFrom(model)).containsExactly("column protocol=smtp removed");
  }

  private DetectionModel train(Detection settings, List<Sample> from) {
    return new DetectionTrainer(settings).train(encoder, from, SEED, ModelDevice.CPU);
  }

  private List<Observation> ordinary(int count) {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      observations.add(stream.ordinary());
    }
    return observations;
  }

  private FeatureMatrix encode(List<Observation> observations) {
    FeatureMatrix rows = new FeatureMatrix(encoder.width(), observations.size());
    observations.forEach(observation -> encoder.encode(observation, rows));
    return rows;
  }

  private static double sum(List<Contribution> contributions) {
    return contributions.stream().mapToDouble(Contribution::contribution).sum();
  }
}

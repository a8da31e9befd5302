package dev.eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.eddy.definition.Feature;
import dev.eddy.definition.Feature.Direction;
import dev.eddy.definition.MinimumDeviation;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.feature.EncodedColumn.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncoderTest {
  private static final StreamDefinition NUMBER =
      ContextFixture.definition(Context.NONE, Feature.number("x"));
  private static final StreamDefinition CATEGORY =
      ContextFixture.definition(Context.NONE, Feature.category("c"));

  @Test
  void writesNumbersByMedianAndInterquartileRange() {
    // Median 3, quartiles 2 and 4, sd 1.41.
    Encoder encoder = fitNumbers(NUMBER, 1, 2, 3, 4, 5);

    assertThat(row(encoder, 3.0)[0]).isZero();
    assertThat(row(encoder, 5.0)[0]).isCloseTo((float) (2 * 1.349 / 2), within(1e-6f));
  }

  @Test
  void keepsOutliersAsFarOutAsTheyAre() {
    Encoder encoder = fitNumbers(NUMBER, 1, 2, 3, 4, 5);

    assertThat(row(encoder, 3e6)[0]).isCloseTo(2.0235e6f, within(10f));
    assertThat(row(encoder, Double.MAX_VALUE)[0]).isEqualTo(Scale.LIMIT);
    assertThat(row(encoder, -Double.MAX_VALUE)[0]).isEqualTo(-Scale.LIMIT);
  }

  @Test
  void namesANumberForAPlaceThatNoFloatHolds() {
    Encoder encoder = fitNumbers(NUMBER, 1, 2, 3, 4, 5);

    assertThat(encoder.number(0, encoder.place(0, 1e50))).isCloseTo(1e50, withinPercentage(1));
    assertThat(encoder.number(0, encoder.place(0, Double.MAX_VALUE))).isFinite();
    assertThat(encoder.number(0, Double.NEGATIVE_INFINITY)).isEqualTo(-Double.MAX_VALUE);
  }

  @Test
  void usesTheDeviationWhereMostValuesAreTheSame() {
    // Nine zeros and a ten: IQR 0, sd 3.
    Encoder encoder = fitNumbers(NUMBER, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10);

    assertThat(row(encoder, 6.0)[0]).isCloseTo(2f, within(1e-6f));
  }

  @Test
  void floorsTheSpreadByTheDeviationByTheMinimumAndByTheMedian() {
    Feature floored =
        new Feature("x", Feature.Type.NUMBER, Direction.BOTH, new MinimumDeviation(0, 0.2));

    Encoder byMinimum =
        fitNumbers(ContextFixture.definition(Context.NONE, floored), 100, 100, 100, 101);
    Encoder byMedian = fitNumbers(NUMBER, 1e6, 1e6, 1e6);
    Encoder zeros = fitNumbers(NUMBER, 0, 0, 0);

    assertThat(row(byMinimum, 110.0)[0]).isCloseTo(0.5f, within(1e-6f));
    assertThat(row(byMedian, 1e6 + 2)[0]).isCloseTo(2f, within(1e-6f));
    assertThat(row(zeros, 2.0)[0]).isEqualTo(2f);
  }

  @Test
  void seesOnlyTheSideThatCounts() {
    Feature high = new Feature("x", Feature.Type.NUMBER, Direction.HIGH, MinimumDeviation.NONE);
    Feature low = new Feature("y", Feature.Type.NUMBER, Direction.LOW, MinimumDeviation.NONE);
    StreamDefinition definition = ContextFixture.definition(Context.NONE, high, low);
    List<Observation> observations = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      observations.add(observation(new double[] {i, i}, new double[0]));
    }
    Encoder encoder = Encoder.fit(definition, observations);

    float[] below = row(encoder, observation(new double[] {-50, -50}, new double[0]));
    float[] above = row(encoder, observation(new double[] {50, 50}, new double[0]));

    assertThat(below[0]).isZero();
    assertThat(below[1]).isNegative();
    assertThat(above[0]).isPositive();
    assertThat(above[1]).isZero();
  }

  @Test
  void marksAMissingNumberIfItWasMissingInTraining() {
    Encoder marked = fitNumbers(NUMBER, 1, 2, 3, Double.NaN);
    Encoder unmarked = fitNumbers(NUMBER, 1, 2, 3);

    assertThat(marked.columns())
        .containsExactly(
            new EncodedColumn(0, "x", Kind.NUMBER),
            new EncodedColumn(0, "x missing", Kind.MISSING));
    assertThat(row(marked, Double.NaN)).containsExactly(0f, 1f);
    assertThat(row(marked, 2.0)).containsExactly(0f, 0f);
    assertThat(row(unmarked, Double.NaN)).containsExactly(0f);
  }

  @Test
  void writesContextNumbersBesideTheirField() {
    StreamDefinition definition =
        ContextFixture.definition(Context.of(10, 0, List.of("x")), Feature.number("x"));
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      observations.add(observation(new double[] {i}, new double[] {i - 2, i * 10}));
    }
    Encoder encoder = Encoder.fit(definition, observations);

    float[] row = row(encoder, observation(new double[] {2}, new double[] {2, 20}));
    float[] unknown =
        row(encoder, observation(new double[] {2}, new double[] {Double.NaN, Double.NaN}));

    assertThat(encoder.columns())
        .containsExactly(
            new EncodedColumn(0, "x", Kind.NUMBER),
            new EncodedColumn(0, "x deviation", Kind.CONTEXT),
            new EncodedColumn(0, "x rate", Kind.CONTEXT));
    assertThat(row[1]).isCloseTo(1.349f, within(1e-6f));
    assertThat(row[2]).isZero();
    assertThat(unknown).containsExactly(0f, 0f, 0f);
  }

  @Test
  void writesCategoriesOneHotWithOneCellForRareAndUnseenValues() {
    Encoder encoder = fitCategories("tcp", "udp", "tcp", "udp", "tcp", "icmp");

    assertThat(encoder.columns())
        .extracting(EncodedColumn::name)
        .containsExactly("c=tcp", "c=udp", "c=(unknown)");
    assertThat(row(encoder, "tcp")).containsExactly(1f, 0f, 0f);
    assertThat(row(encoder, "icmp")).as("rare").containsExactly(0f, 0f, 1f);
    assertThat(row(encoder, "sctp")).as("unseen").containsExactly(0f, 0f, 1f);
    assertThat(row(encoder, (String) null)).as("never missing before").containsExactly(0f, 0f, 1f);
  }

  @Test
  void marksAMissingCategoryIfItWasMissingInTraining() {
    Encoder encoder = fitCategories("a", "a", null);

    assertThat(row(encoder, (String) null)).containsExactly(0f, 0f, 1f);
    assertThat(encoder.decode(0, row(encoder, (String) null))).isNull();
  }

  @Test
  void keepsTheMostFrequentValuesOnly() {
    List<Observation> observations = new ArrayList<>();
    for (int value = 0; value < 300; value++) {
      for (int i = 0; i < (value < 100 ? 3 : 2); i++) {
        observations.add(observation("v%03d".formatted(value)));
      }
    }

    Encoder encoder = Encoder.fit(CATEGORY, observations);

    assertThat(encoder.width()).isEqualTo(CategoryCode.MOST_VALUES + 1);
    assertThat(encoder.columns().get(0).name()).isEqualTo("c=v000");
    assertThat(encoder.columns().get(199).name()).isEqualTo("c=v199");
  }

  @Test
  void saysInSourceUnitsWhatARowHolds() {
    Encoder encoder = fitNumbers(NUMBER, 10.25, 11.5, 12.75, 11.0, 0.5);
    Encoder whole = fitNumbers(NUMBER, 100, 2_000_000, 150, 7, 9_000_000);

    assertThat(encoder.decode(0, row(encoder, 12.75))).isEqualTo("12.75");
    assertThat(encoder.decode(0, row(encoder, 12.751))).isEqualTo("12.75");
    assertThat(encoder.decode(0, row(encoder, 11.0))).isEqualTo("11");
    assertThat(encoder.decode(0, row(encoder, 0.0))).isEqualTo("0");
    assertThat(whole.decode(0, row(whole, 150.2))).isEqualTo("150");
  }

  @Test
  void inventsNoDigitsBeyondAFloat() {
    Encoder encoder = fitNumbers(NUMBER, 1, 2, 3, 4, 5);

    String decoded = encoder.decode(0, row(encoder, 1_234_567_890_123.0));

    assertThat(decoded).matches("1234\\d+00000");
    assertThat(Double.parseDouble(decoded)).isCloseTo(1.23456789e12, within(2e5));
  }

  @Test
  void takesLongBinaryFractionsForNoise() {
    Encoder encoder = fitNumbers(NUMBER, 0.1 + 0.2, 1 / 3.0, 0.7, 0.4);

    assertThat(encoder.decode(0, row(encoder, 0.1 + 0.2))).isEqualTo("0.3");
  }

  @Test
  void namesTheCategoryOfTheLargestCell() {
    Encoder encoder = fitCategories("a", "a", "b", "b");

    assertThat(encoder.decode(0, new float[] {0.2f, 0.5f, 0.3f})).isEqualTo("b");
    assertThat(encoder.decode(0, new float[] {0.2f, 0.1f, 0.3f})).isEqualTo(Encoder.UNKNOWN);
  }

  @Test
  void findsAndCopiesTheCellsOfOneFeature() {
    Encoder encoder = mixed(new SplittableRandom(1));
    float[] from = new float[encoder.width()];
    Arrays.fill(from, 9);
    float[] to = new float[encoder.width()];

    encoder.copyFeature(1, from, to);

    int start = encoder.columnsOf(0).length;
    assertThat(encoder.columns().get(start).name()).isEqualTo("x");
    assertThat(encoder.columnsOf(1)).containsExactly(start, start + 1, start + 2);
    assertThat(Arrays.copyOfRange(to, start, start + 3)).containsOnly(9f);
    assertThat(Arrays.copyOf(to, start)).containsOnly(0f);
    assertThat(Arrays.copyOfRange(to, start + 3, to.length)).containsOnly(0f);
  }

  @Test
  void writesBitIdenticalRowsAfterAJsonRoundTrip() {
    SplittableRandom random = new SplittableRandom(11);
    Encoder encoder = mixed(random);
    Encoder back = Encoder.fromJson(mixedDefinition(), encoder.toJson());
    FeatureMatrix rows = new FeatureMatrix(encoder.width(), 100);
    FeatureMatrix backRows = new FeatureMatrix(back.width(), 100);
    for (int i = 0; i < 100; i++) {
      Observation observation = mixedObservation(random);
      encoder.encode(observation, rows);
      back.encode(observation, backRows);
    }

    assertThat(backRows.toArray()).isEqualTo(rows.toArray());
    assertThat(back.columns()).isEqualTo(encoder.columns());
    assertThat(back.toJson()).isEqualTo(encoder.toJson());
  }

  @Test
  void refusesAnEncoderOfOtherFeatures() {
    byte[] json = fitNumbers(NUMBER, 1, 2, 3).toJson();

    assertThatThrownBy(() -> Encoder.fromJson(CATEGORY, json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[c category]")
        .hasMessageContaining("[x number]");
    assertThatThrownBy(() -> Encoder.fromJson(NUMBER, "{".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                Encoder.fromJson(
                    ContextFixture.definition(Context.DEFAULT, Feature.number("x")), json))
        .hasMessageContaining("context");
  }

  @Test
  void refusesToFitOnNothing() {
    assertThatThrownBy(() -> Encoder.fit(NUMBER, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnObservationOfAnotherContext() {
    Encoder encoder = fitNumbers(NUMBER, 1, 2, 3);

    assertThatThrownBy(() -> row(encoder, observation(new double[] {1}, new double[] {1})))
        .hasMessageContaining("0 context numbers, got 1");
  }

  private static StreamDefinition mixedDefinition() {
    return ContextFixture.definition(
        Context.of(10, 0, List.of()),
        Feature.category("c"),
        Feature.number("x"),
        Feature.number("y"));
  }

  private static Encoder mixed(SplittableRandom random) {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      observations.add(mixedObservation(random));
    }
    return Encoder.fit(mixedDefinition(), observations);
  }

  private static Observation mixedObservation(SplittableRandom random) {
    double x = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble() / 3;
    return new Observation(
        ContextFixture.event(
            new double[] {x, random.nextDouble(-1e9, 1e9)}, new String[] {"v" + random.nextInt(5)}),
        new double[] {random.nextDouble(-4, 4), random.nextDouble(-4, 4)});
  }

  private static Encoder fitNumbers(StreamDefinition definition, double... values) {
    return Encoder.fit(
        definition,
        Arrays.stream(values)
            .mapToObj(value -> observation(new double[] {value}, new double[0]))
            .toList());
  }

  private static Encoder fitCategories(@Nullable String... values) {
    return Encoder.fit(CATEGORY, Arrays.stream(values).map(EncoderTest::observation).toList());
  }

  private static float[] row(Encoder encoder, double value) {
    return row(encoder, observation(new double[] {value}, new double[0]));
  }

  private static float[] row(Encoder encoder, @Nullable String value) {
    return row(encoder, observation(value));
  }

  private static float[] row(Encoder encoder, Observation observation) {
    FeatureMatrix matrix = new FeatureMatrix(encoder.width(), 1);
    encoder.encode(observation, matrix);
    return matrix.row(0);
  }

  private static Observation observation(double[] numbers, double[] context) {
    return new Observation(ContextFixture.event(numbers, new @Nullable String[0]), context);
  }

  private static Observation observation(@Nullable String category) {
    return new Observation(
        ContextFixture.event(new double[0], new @Nullable String[] {category}), new double[0]);
  }
}

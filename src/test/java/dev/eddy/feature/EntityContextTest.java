package dev.eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.definition.Feature;
import dev.eddy.definition.MinimumDeviation;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Season;
import dev.eddy.definition.StreamDefinition.Statistic;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EntityContextTest {

  @Test
  void saysNothingOfADeviationBeforeFiveValuesAreKnown() {
    double[] deviations = deviations(definition(Context.of(10, 0, List.of())), 1, 2, 3, 2, 1, 2);

    assertThat(Arrays.copyOf(deviations, 5)).containsOnly(Double.NaN);
    assertThat(deviations[5]).isFinite();
  }

  @Test
  void measuresDeviationsAgainstTheWeightedMeanOfThePast() {
    // Half-life 1: the values 1 to 5 weigh 1/16, 1/8, 1/4, 1/2, 1.
    double weight = 31 / 16.0;
    double mean = (1 / 16.0 + 2 / 8.0 + 3 / 4.0 + 4 / 2.0 + 5) / weight;
    double squares =
        (1 - mean) * (1 - mean) / 16
            + (2 - mean) * (2 - mean) / 8
            + (3 - mean) * (3 - mean) / 4
            + (4 - mean) * (4 - mean) / 2
            + (5 - mean) * (5 - mean);
    double squaredWeights = 1 / 256.0 + 1 / 64.0 + 1 / 16.0 + 1 / 4.0 + 1;
    double deviation = Math.sqrt(squares / (weight - squaredWeights / weight));

    double[] deviations = deviations(definition(Context.of(1, 0, List.of())), 1, 2, 3, 4, 5, 9);

    assertThat(deviations[5]).isCloseTo((9 - mean) / deviation, within(1e-12));
  }

  @Test
  void neitherLearnsFromAMissingNumberNorSaysAnythingOfIt() {
    StreamDefinition definition = definition(Context.of(5, 2, List.of("x")));

    double[][] gaps = observe(definition, 1, 2, Double.NaN, 3, 2, 4, Double.NaN, 3);
    double[][] none = observe(definition, 1, 2, 3, 2, 4, 3);

    assertThat(gaps[2]).containsOnly(Double.NaN);
    assertThat(gaps[7]).containsExactly(none[5]);
  }

  @Test
  void tellsTheChangeSinceTheLastKnownValue() {
    double[][] context = observe(definition(Context.of(5, 0, List.of("x"))), 3, 5, 4);

    assertThat(Arrays.stream(context).map(row -> row[1])).containsExactly(Double.NaN, 2.0, -1.0);
  }

  @Test
  void tellsHowFarTheLastValuesTogetherAreFromTheMean() {
    StreamDefinition definition = definition(Context.of(1_000_000, 3, List.of()));

    double[][] context = observe(definition, 0, 2, 0, 2, 0, 2, 4, 4, 4);

    assertThat(context[1][1]).as("window not full").isNaN();
    double[] past = {0, 2, 0, 2, 0, 2, 4, 4};
    double mean = Arrays.stream(past).average().orElseThrow();
    double squares = Arrays.stream(past).map(x -> (x - mean) * (x - mean)).sum();
    assertThat(context[8][1]).isCloseTo((4 - mean) / Math.sqrt(squares / 7), within(1e-4));
  }

  @Test
  void measuresByTheMinimumDeviationWhereTheFieldVariesLess() {
    Feature feature =
        new Feature("x", Feature.Type.NUMBER, Feature.Direction.BOTH, new MinimumDeviation(0, 0.2));
    StreamDefinition definition = ContextFixture.definition(Context.DEFAULT, feature);

    double[] deviations = deviations(definition, 100, 100, 100, 100, 100, 110);

    assertThat(deviations[5]).isCloseTo(10 / 20.0, within(1e-12));
  }

  @Test
  void boundsTheDeviationOfAFieldThatWasConstant() {
    double[] deviations = deviations(definition(Context.DEFAULT), 7, 7, 7, 7, 7, 8, 7);

    assertThat(deviations[5]).isEqualTo(EntityContext.DEVIATION_LIMIT);
  }

  @Test
  void isNotBlindedByOneAbsurdValue() {
    double[] values = alternating(400);
    values[200] = 1e12;

    double[] deviations = deviations(definition(Context.of(50, 0, List.of())), values);

    assertThat(deviations[200]).isEqualTo(EntityContext.DEVIATION_LIMIT);
    assertThat(deviations[399]).as("200 records later").isBetween(0.5, 2.0);
  }

  @Test
  void learnsALastingChange() {
    double[] values = alternating(400);
    for (int i = 200; i < 400; i++) {
      values[i] += 1e6;
    }

    double[] deviations = deviations(definition(Context.of(50, 0, List.of())), values);

    assertThat(deviations[260]).isBetween(-3.0, 3.0);
  }

  @Test
  void staysFiniteWithTheLargestNumbers() {
    StreamDefinition definition = definition(Context.of(5, 2, List.of("x")));

    double[][] context =
        observe(
            definition, 1, 2, 1, 2, 1, 2, Double.MAX_VALUE, -Double.MAX_VALUE, 1, Double.MAX_VALUE);

    for (int row = 6; row < 10; row++) {
      assertThat(context[row]).as("row %d", row).doesNotContain(Double.NaN);
      assertThat(Arrays.stream(context[row]).allMatch(Double::isFinite)).isTrue();
    }
  }

  @Test
  void readsBackWhatItWroteBitByBit() {
    ContextLayout layout = ContextLayout.of(definition(Context.of(7, 4, List.of("x"))));
    EntityContext context = EntityContext.empty(layout);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 30; i++) {
      context.observe(ContextFixture.event(random.nextDouble(-3, 3)));
      byte[] bytes = context.toBytes();

      assertThat(EntityContext.fromBytes(layout, bytes).toBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void startsAnewFromBytesOfAnotherLayoutOrFromGarbage() {
    ContextLayout layout = ContextLayout.of(definition(Context.of(7, 4, List.of())));
    ContextLayout other = ContextLayout.of(definition(Context.of(8, 4, List.of())));
    EntityContext written = EntityContext.empty(other);
    written.observe(ContextFixture.event(1));
    byte[] fresh = EntityContext.empty(layout).toBytes();

    assertThat(EntityContext.fromBytes(layout, written.toBytes()).toBytes()).isEqualTo(fresh);
    assertThat(EntityContext.fromBytes(layout, new byte[0]).toBytes()).isEqualTo(fresh);
    assertThat(EntityContext.fromBytes(layout, new byte[] {9, 9}).toBytes()).isEqualTo(fresh);
  }

  @Test
  void makesNothingWhereThereIsNoContext() {
    StreamDefinition definition = definition(Context.NONE);

    assertThat(ContextLayout.of(definition).columns()).isEmpty();
    assertThat(observe(definition, 1, 2)[1]).isEmpty();
  }

  @Test
  void remembersTheValuesOfSoManyRecordsAgo() {
    StreamDefinition definition =
        definition(new Context(true, 1_000_000, 0, List.of(), List.of(1, 3), Set.of(), Set.of()));
    double[][] context = observe(definition, 1, 2, 3, 2, 1, 9, 5);

    // before the last value: mean 3, deviation 3 (of 1, 2, 3, 2, 1, 9: squares 46 over 5)
    double deviation = Math.sqrt(46.0 / 5);
    assertThat(context[6]).hasSize(3);
    assertThat(context[6][1]).isCloseTo((9 - 3) / deviation, within(1e-4));
    assertThat(context[6][2]).isCloseTo((2 - 3) / deviation, within(1e-4));
    assertThat(context[3]).as("mean and deviation are not known yet").containsOnly(Double.NaN);
  }

  @Test
  void measuresTheWindowInTheEntitysOwnDeviations() {
    Set<Statistic> all = Set.of(Statistic.values());
    StreamDefinition definition =
        definition(new Context(true, 1_000_000, 3, List.of(), List.of(), all, Set.of()));
    double[][] context = observe(definition, -1, 1, -1, 1, -1, 1, 2, 4, 9);

    double mean = 5.0 / 8 + 2.0 / 8 - 1.0 / 8; // of -1, 1, -1, 1, -1, 1, 2, 4
    double squares = 6 + 4 + 16 - 8 * mean * mean;
    double scale = Math.sqrt(squares / 7);
    double spread = Math.sqrt((9 + 1 + 16) / 3.0); // of 2, 4, 9 around 5
    assertThat(context[8])
        .containsExactly(
            new double[] {
              (9 - mean) / scale,
              (5 - mean) / scale,
              spread / scale,
              7 / scale, // from 2 to 9 along the line
              (2 - mean) / scale,
              (9 - mean) / scale
            },
            within(1e-4));
  }

  @Test
  void knowsWhatIsUsualAtAnHour() {
    StreamDefinition definition =
        definition(new Context(true, 1_000, 0, List.of(), List.of(), Set.of(), Set.of(Season.DAY)));
    EntityContext context = EntityContext.empty(ContextLayout.of(definition));
    double[] last = {};
    double[] noon = {};
    for (int hour = 0; hour < 24 * 20; hour++) {
      double value = (hour % 24 == 12 ? 100 : 0) + (hour % 7) * 0.1;
      last = context.observe(at(hour, value)).context();
      noon = hour % 24 == 12 ? last : noon;
    }

    assertThat(Math.abs(noon[1])).as("as every noon").isLessThan(3);
    assertThat(noon[0]).as("the plain deviation").isGreaterThan(3);
    double[] wrong = context.observe(at(24 * 20, 100)).context();
    assertThat(wrong[1]).as("noon's value at midnight").isGreaterThan(10);
    assertThat(wrong[2]).as("sine of midnight").isCloseTo(0, within(1e-9));
    assertThat(wrong[3]).as("cosine of midnight").isCloseTo(1, within(1e-9));
  }

  @Test
  void keepsFewerEntitiesWhereEachTakesMore() {
    ContextLayout small = ContextLayout.of(definition(Context.DEFAULT));
    ContextLayout large = ContextLayout.of(definition(Context.HISTORY));

    assertThat(small.entitiesWithin(1 << 20, 1_000)).isEqualTo(1_000);
    assertThat(large.entitiesWithin(1 << 20, 1_000)).as("of 3.6 kB each").isEqualTo(291);
    assertThat(large.entitiesWithin(1, 1_000)).isEqualTo(1);
  }

  @Test
  void readsStatesFromBeforeThereWereLagsAndSeasons() {
    ContextLayout layout = ContextLayout.of(definition(Context.of(10, 4, List.of("x"))));

    assertThat(layout.fingerprint()).as("of version 0.1.0").isEqualTo(-137561810);
  }

  private static Event at(int hour, double value) {
    return new Event(
        new Coordinates("source", 0, hour),
        "host-1",
        hour * 3_600_000L,
        new double[] {value},
        new String[0],
        null);
  }

  @Test
  void laysColumnsOutNumberByNumber() {
    StreamDefinition definition =
        ContextFixture.definition(
            Context.of(10, 4, List.of("b")),
            Feature.number("a"),
            Feature.category("c"),
            Feature.number("b"));

    assertThat(ContextLayout.of(definition).columns())
        .containsExactly(
            new ContextColumn(0, ContextColumn.Kind.DEVIATION, "deviation"),
            new ContextColumn(0, ContextColumn.Kind.LEVEL, "level"),
            new ContextColumn(1, ContextColumn.Kind.DEVIATION, "deviation"),
            new ContextColumn(1, ContextColumn.Kind.RATE, "rate"),
            new ContextColumn(1, ContextColumn.Kind.LEVEL, "level"));
  }

  private static StreamDefinition definition(Context context) {
    return ContextFixture.definition(context, Feature.number("x"));
  }

  private static double[] alternating(int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = i % 2 == 0 ? -1 : 1;
    }
    return values;
  }

  private static double[] deviations(StreamDefinition definition, double... values) {
    return Arrays.stream(observe(definition, values)).mapToDouble(row -> row[0]).toArray();
  }

  private static double[][] observe(StreamDefinition definition, double... values) {
    EntityContext context = EntityContext.empty(ContextLayout.of(definition));
    List<double[]> rows = new ArrayList<>();
    for (double value : values) {
      Event event = ContextFixture.event(value);
      rows.add(context.observe(event).context());
    }
    return rows.toArray(double[][]::new);
  }
}

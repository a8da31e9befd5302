package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.quality.Nearness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuidanceTest {
  private static final List<SyntheticRow> TRAINING = training();

  /** Numbers a in [0, 1000), b = a / 2 in steps of a quarter, c = a + b; category k by a. */
  private static List<SyntheticRow> training() {
    List<SyntheticRow> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      rows.add(row(i, i / 2.0, i + i / 2.0, i < 500 ? "low" : "high", i % 2 == 0 ? "x" : "y"));
    }
    rows.add(row(1, 2, 3, "low", "odd")); // a value that only one record has
    return rows;
  }

  private static SyntheticRow row(
      double a, double b, double c, @Nullable String k, @Nullable String m) {
    return new SyntheticRow("e", new double[] {a, b, c}, new String[] {k, m}, "normal");
  }

  private static StreamDefinition definition(String constraints) {
    return DefinitionReader.parseStream(
        "test",
        """
        stream: s
        source: {topic: t}
        features: [a, b, c, {name: k, type: category}, {name: m, type: category}]
        augmentation: {constraints: [%s]}
        """
            .formatted(constraints));
  }

  private static Guidance guidance(String constraints, Map<String, String> fixed) {
    return guidance(constraints, fixed, row -> false);
  }

  private static Guidance guidance(
      String constraints, Map<String, String> fixed, Predicate<SyntheticRow> copied) {
    StreamDefinition definition = definition(constraints);
    double[] weights = new double[TRAINING.size()];
    Arrays.fill(weights, 1);
    return RowGuidance.of(
        definition,
        TokenEncoder.fit(definition, TRAINING, weights),
        SeenCombinations.of(definition, TRAINING),
        null,
        fixed,
        copied);
  }

  /** Tells copies of training rows in a class of which so many fresh real rows are copies. */
  private static Predicate<SyntheticRow> copies(double natural) {
    GateReport.ClassReport measured =
        new GateReport.ClassReport(
            GateReport.Recipe.VAE,
            1_000,
            200,
            1,
            1,
            1,
            natural,
            natural,
            new Nearness(1, 1, 0.05, 0.05, 0.5, 0.5),
            null);
    GateReport gate =
        new GateReport(
            1,
            Map.of(),
            Map.of("normal", measured),
            Map.of(),
            GateReport.Recipe.VAE,
            null,
            List.of(),
            List.of());
    return Copies.of(RowFingerprints.of(5, TRAINING), gate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{range: {field: a, min: 10}} | range a",
        "{range: {field: b, max: 1}} | range b",
        "{integer: {field: b}} | integer b",
        "{categories: {field: k, values: [high]}} | categories k",
        "{inequality: {low: c, high: a}} | inequality c <= a",
        "{combination: {fields: [k, m]}} | combination k m",
      })
  void rejectsWhatBreaksARuleAndCountsItByTheRule(String constraint, String rule) {
    SyntheticRow breaks = row(5, 2.5, 7.5, "low", "odd");
    SyntheticRow keeps = row(800, 1, 7, "high", "x");

    Guidance.Kept kept = guidance(constraint, Map.of()).keep(List.of(breaks, keeps));

    assertThat(kept.rows()).usingRecursiveFieldByFieldElementComparator().containsExactly(keeps);
    assertThat(kept.rejected()).isEqualTo(Map.of(rule, 1L));
  }

  @Test
  void computesAFormulaInsteadOfDrawingItAndRoundsToTheSource() {
    SyntheticRow drawn = row(10, 2.52, 999, "low", "x");

    Guidance.Kept kept =
        guidance("{formula: {field: c, equals: a + b}}", Map.of()).keep(List.of(drawn));

    assertThat(kept.rows().get(0).numbers()).containsExactly(10, 2.52, 12.5);
    assertThat(drawn.numbers()[2]).as("the candidate stays as it was").isEqualTo(999);
  }

  @Test
  void computesAFormulaFromTheResultsOfOthersWhateverTheirOrder() {
    Guidance.Kept kept =
        guidance(
                "{formula: {field: c, equals: a + b}}, {formula: {field: b, equals: a * 0.5}}",
                Map.of())
            .keep(List.of(row(10, 400, 999, "low", "x")));

    assertThat(kept.rows().get(0).numbers()).containsExactly(10, 5, 15);
  }

  @Test
  void rejectsAFormulaWhoseResultTrainingNeverSawTheLikeOf() {
    Guidance.Kept kept =
        guidance("{formula: {field: c, equals: a * 1000}}", Map.of())
            .keep(List.of(row(10, 2, 3, "low", "x"), row(Double.NaN, 2, 3, "low", "x")));

    assertThat(kept.rows()).isEmpty();
    assertThat(kept.rejected()).isEqualTo(Map.of("formula c", 2L));
  }

  @Test
  void keepsRowsWithTheFixedValuesAndSetsANumberExactlyWithinItsBin() {
    Guidance guidance = guidance("", Map.of("k", "high", "a", "503"));

    Guidance.Kept kept =
        guidance.keep(
            List.of(
                row(502, 1, 2, "high", "x"), // the same bin of about 20
                row(502, 1, 2, "low", "x"),
                row(900, 1, 2, "high", "x")));

    assertThat(kept.rows()).hasSize(1);
    assertThat(kept.rows().get(0).numbers()[0]).isEqualTo(503);
    assertThat(kept.rejected()).isEqualTo(Map.of("fixed a", 1L, "fixed k", 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "zz, 1, must be a feature",
    "a, many, must be a number",
    "a, 5000, training saw the like of",
    "a, '', training saw the like of",
    "k, medium, training saw the like of",
    "m, odd, training saw the like of",
    "c, 5, result of a formula",
  })
  void refusesAFixedValueThatNoRowCanHave(String field, String value, String message) {
    assertThatThrownBy(() -> guidance("{formula: {field: c, equals: a + b}}", Map.of(field, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesARuleForCombinationsThatTrainingDidNotKnow() {
    StreamDefinition definition = definition("{combination: {fields: [k, m]}}");
    TokenEncoder encoder = TokenEncoder.fit(definition, TRAINING, new double[TRAINING.size()]);

    assertThatThrownBy(
            () ->
                RowGuidance.of(
                    definition, encoder, SeenCombinations.NONE, null, Map.of(), row -> false))
        .hasMessageContaining("rule combination k m must be known to the model");
  }

  @Test
  void rejectsARowThatItsFormulaMakesACopyOfATrainingRow() {
    String rule = "{formula: {field: c, equals: a + b}}";
    List<SyntheticRow> drawn = List.of(row(10, 5, 999, "low", "x"), row(10, 6, 999, "low", "x"));

    Guidance.Kept kept = guidance(rule, Map.of(), copies(0)).keep(drawn);

    assertThat(kept.rows()).hasSize(1);
    assertThat(kept.rows().get(0).numbers()).containsExactly(10, 6, 16);
    assertThat(kept.rejected()).isEqualTo(Map.of("copy", 1L));
    assertThat(guidance(rule, Map.of(), copies(0.1)).keep(drawn).rows())
        .as("where real rows repeat each other too")
        .hasSize(2);
  }

  @Test
  void rejectsARowThatAFixedNumberMakesACopyOfATrainingRow() {
    Guidance guidance = guidance("", Map.of("a", "503"), copies(0));

    Guidance.Kept kept = guidance.keep(List.of(row(502, 251.5, 754.5, "high", "y")));

    assertThat(kept.rows()).isEmpty();
    assertThat(kept.rejected()).isEqualTo(Map.of("copy", 1L));
  }

  @Test
  void givesUpWhereValuesMakeNothingButCopies() {
    GuidedGenerator generator =
        new GuidedGenerator(
            new Uniform(), guidance("{range: {field: a, min: 0}}", Map.of(), copies(0)));

    GuidedGenerator.Drawn drawn = generator.draw("normal", 10, 7);

    assertThat(drawn.rows()).isEmpty();
    assertThat(drawn.rejected()).isEqualTo(Map.of("copy", drawn.candidates()));
  }

  @Test
  void drawsAgainUntilThereAreEnoughAndGivesTheSameRowsForTheSameSeed() {
    GuidedGenerator generator =
        new GuidedGenerator(
            new Uniform(), guidance("{range: {field: a, min: 900}}", Map.of("k", "high")));

    GuidedGenerator.Drawn drawn = generator.draw("normal", 300, 7);

    assertThat(drawn.rows()).hasSize(300).allMatch(row -> row.numbers()[0] >= 900);
    assertThat(drawn.candidates()).isBetween(2_500L, 6_000L);
    assertThat(drawn.rejected().keySet()).containsExactly("fixed k", "range a");
    List<Double> again = firstNumbers(generator.draw("normal", 300, 7));
    assertThat(again).isEqualTo(firstNumbers(drawn));
    assertThat(firstNumbers(generator.draw("normal", 300, 8))).isNotEqualTo(again);
  }

  @Test
  void givesUpWithFewerRowsRatherThanBreakARule() {
    GuidedGenerator generator =
        new GuidedGenerator(new Uniform(), guidance("{range: {field: a, min: 5000}}", Map.of()));

    GuidedGenerator.Drawn drawn = generator.draw("normal", 10, 7);

    assertThat(drawn.rows()).isEmpty();
    assertThat(drawn.candidates()).isBetween(2_000L, 5_000L);
    assertThat(Guidance.shortfall(10, 0, drawn.candidates(), drawn.rejected()))
        .startsWith("0 of 10 rows keep every rule after")
        .contains("range a=");
  }

  private static List<Double> firstNumbers(GuidedGenerator.Drawn drawn) {
    return drawn.rows().stream().map(row -> row.numbers()[0]).toList();
  }

  /** Draws training rows. */
  private static final class Uniform implements Generator {
    @Override
    public List<String> classes() {
      return List.of("normal");
    }

    @Override
    public List<SyntheticRow> generate(String labelClass, int rows, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return random.ints(rows, 0, 1_000).mapToObj(TRAINING::get).toList();
    }

    @Override
    public List<SyntheticRow> between(SyntheticRow from, SyntheticRow to, int steps, long seed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}

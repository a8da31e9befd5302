package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.evaluation.quality.LabelTrees;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GeneratorTrainerTest {
  private static final GeneratorSettings SHORT =
      new GeneratorSettings(
          new Generation(
              GeneratorFamily.GAN, Duration.ofMinutes(1), GanObjective.WASSERSTEIN, 0, 0),
          0.1,
          32);
  private static final List<Sample> TRAINING = ToyStream.both(200, 1);
  private static final List<Sample> HELD_OUT = ToyStream.both(100, 2);

  private static GeneratorModel train(GeneratorSettings settings, List<Sample> training) {
    return new GeneratorTrainer(settings)
        .train(ToyStream.DEFINITION, training, HELD_OUT, 7, ModelDevice.CPU);
  }

  private static List<SyntheticRow> generate(GeneratorModel model, String labelClass, int rows) {
    try (Generator generator = model.open(ModelDevice.CPU)) {
      return generator.generate(labelClass, rows, 3);
    }
  }

  private static List<String> texts(List<SyntheticRow> rows) {
    return rows.stream()
        .map(
            row ->
                row.entity()
                    + Arrays.toString(row.numbers())
                    + Arrays.toString(row.categories())
                    + row.labelClass())
        .toList();
  }

  @Test
  void passesTheGateAndGivesRecordsOfTheAskedClassInSourceUnits() {
    GeneratorModel model = train(SHORT, TRAINING);

    List<SyntheticRow> hot = generate(model, "hot", 500);

    assertThat(model.gate().refusals()).isEmpty();
    assertThat(model.gate().classes().values())
        .extracting(GateReport.ClassReport::recipe)
        .containsExactly(Recipe.GAN, Recipe.GAN);
    assertThat(model.check(hot)).isEmpty();
    assertThat(hot)
        .hasSize(500)
        .allSatisfy(
            row -> {
              assertThat(row.labelClass()).isEqualTo("hot");
              assertThat(row.entity()).isIn("oven", "fridge");
              assertThat(row.numbers()[0] * 100)
                  .isCloseTo(Math.rint(row.numbers()[0] * 100), within(1e-6));
            });
    assertThat(hot.stream().mapToDouble(row -> row.numbers()[0]).average())
        .hasValueCloseTo(80.0, within(2.0));
    assertThat(hot.stream().filter(row -> row.entity().equals("oven")).count()).isGreaterThan(480);
    assertThat(correlation(hot)).isLessThan(-0.3); // -0.96 in truth, and shrunk by few steps
    assertThat(correlation(generate(model, "cold", 500))).isGreaterThan(0.3);
  }

  @Test
  void rowsOfALongRequestDoNotComeFromTheSameRandomNumbers() {
    GeneratorSettings copula =
        GeneratorSettings.of(
            new Generation(
                GeneratorFamily.COPULA, Duration.ofMinutes(1), GanObjective.WASSERSTEIN, 0, 0));

    List<SyntheticRow> rows = generate(train(copula, TRAINING), "cold", 20_000);

    // ranks within bins are uniform doubles: two alike come of one random number used twice
    assertThat(rows.stream().map(row -> row.numbers()[1]).distinct().count()).isGreaterThan(19_000);
  }

  private static StreamDefinition toy(String augmentation) {
    StreamDefinition read =
        DefinitionReader.parseStream(
            "test",
            """
            stream: toy
            source: {topic: toy}
            features: [temperature, {name: mode, type: category}, pressure, errors]
            augmentation: {generator: copula, %s}
            """
                .formatted(augmentation));
    return ToyStream.DEFINITION.withAugmentation(read.augmentation());
  }

  private static GeneratorModel copula(StreamDefinition definition, List<Sample> training) {
    return new GeneratorTrainer(GeneratorSettings.of(definition.augmentation().generation()))
        .train(definition, training, HELD_OUT, 7, ModelDevice.CPU);
  }

  @Test
  void measuresWhatKeepsTheConstraints() {
    StreamDefinition ruled = toy("constraints: [{categories: {field: mode, values: [boost]}}]");

    GateReport report = copula(ruled, TRAINING).gate();

    // a share of 0.3 to 0.8 of the records has the other mode
    assertThat(report.columnShapesByColumn().get("mode")).isLessThan(0.6);
    assertThat(
            copula(toy("rate: 1 per second"), TRAINING).gate().columnShapesByColumn().get("mode"))
        .isGreaterThan(0.9);
  }

  @Test
  void refusesAClassOfWhichNoRowKeepsTheConstraints() {
    StreamDefinition ruled = toy("constraints: [{range: {field: temperature, min: 200}}]");

    GateReport report = copula(ruled, TRAINING).gate();

    assertThat(report.refusals()).containsOnlyKeys("hot", "cold");
    assertThat(report.refusals().get("cold"))
        .singleElement()
        .asString()
        .startsWith("0 of 2000 rows keep every rule after")
        .contains("range temperature=");
    assertThat(report.classes()).isEmpty();
    assertThat(report.quality()).isNull();
  }

  @Test
  void drawsRowsAgainWhoseClassIsUnlikelyToAClassifierOfRealRows() {
    assumeThat(LabelTrees.isAvailable()).as("LightGBM is loaded").isTrue();
    List<Sample> mistaken = new ArrayList<>(TRAINING);
    mistaken.addAll(ToyStream.exchanged(ToyStream.both(7, 5)));
    StreamDefinition asks = toy("labelConsistency: 0.2");
    GeneratorModel trained = copula(asks, mistaken);
    GeneratorModel model = GeneratorModel.fromParts(asks, trained.parts());

    GuidedGenerator.Drawn drawn;
    try (Generator generator = model.open(ModelDevice.CPU)) {
      drawn = new GuidedGenerator(generator, model.guidance(asks, Map.of())).draw("hot", 1_000, 3);
    }

    assertThat(drawn.rejected()).containsOnlyKeys("label consistency");
    assertThat(coldOnes(generate(model, "hot", 1_000))).isGreaterThan(50);
    assertThat(coldOnes(drawn.rows())).isLessThan(30);
    assertThatThrownBy(() -> copula(toy("rate: 1 per second"), TRAINING).guidance(asks, Map.of()))
        .hasMessage(
            "label consistency must be known to the model; it will be after the next training");
  }

  private static long coldOnes(List<SyntheticRow> rows) {
    return rows.stream().filter(row -> row.numbers()[0] < 50).count();
  }

  private static double correlation(List<SyntheticRow> rows) {
    double[] x = rows.stream().mapToDouble(row -> row.numbers()[0]).toArray();
    double[] y = rows.stream().mapToDouble(row -> row.numbers()[1]).toArray();
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void givesTheSameRowsForTheSameSeedAlsoAfterATripThroughItsFiles() {
    GeneratorModel first = train(SHORT, TRAINING);
    GeneratorModel second = train(SHORT, TRAINING);
    GeneratorModel read = GeneratorModel.fromParts(ToyStream.DEFINITION, first.parts());

    List<String> rows = texts(generate(first, "hot", 50));

    assertThat(texts(generate(second, "hot", 50))).isEqualTo(rows);
    assertThat(texts(generate(read, "hot", 50))).isEqualTo(rows);
    assertThat(read.gate()).isEqualTo(first.gate());
    assertThat(read.parts()).containsOnlyKeys(first.parts().keySet());
    assertThat(read.parts().get("generator.safetensors"))
        .isEqualTo(first.parts().get("generator.safetensors"));
  }

  @Test
  void measuresByEachClassifierWhatItsRecordsDoForARareClass() {
    assumeThat(LabelTrees.isAvailable()).as("LightGBM is loaded").isTrue();
    List<Sample> training = new ArrayList<>(ToyStream.samples("cold", 300, 1));
    training.addAll(ToyStream.samples("hot", 20, 2));

    GeneratorModel model = copula(toy("rate: 1 per second"), training);

    QualityReport quality = Objects.requireNonNull(model.gate().quality());
    assertThat(quality.lift()).containsOnlyKeys("hot");
    Map<String, QualityReport.Lift> hot = quality.lift().getOrDefault("hot", Map.of());
    assertThat(hot).containsOnlyKeys("boosting", "neural");
    assertThat(hot.values())
        .allSatisfy(
            lift -> {
              assertThat(lift.trainingPositives()).isEqualTo(20);
              assertThat(lift.augmented().averagePrecision()).isGreaterThan(0.9);
              assertThat(lift.trainingPositives()).isEqualTo(20);
              assertThat(lift.recallLow()).isLessThanOrEqualTo(lift.recallGain());
              assertThat(lift.helps()).as("hot is told from cold without help").isFalse();
            });
    assertThat(GeneratorModel.fromParts(ToyStream.DEFINITION, model.parts()).gate())
        .isEqualTo(model.gate());
  }

  @Test
  void findsWhatMustNotBePublished() {
    GeneratorModel model = train(SHORT, TRAINING);
    List<SyntheticRow> hot = generate(model, "hot", 200);
    List<SyntheticRow> copies =
        RealRows.byClass(RealRows.of(TRAINING)).getOrDefault("hot", List.of());
    SyntheticRow outside =
        new SyntheticRow("oven", new double[] {500, 0, 0}, new String[] {"eco"}, "hot");
    SyntheticRow narrow = new SyntheticRow("oven", new double[] {80}, new String[0], "hot");
    SyntheticRow stranger =
        new SyntheticRow("oven", new double[] {80, 0, 0}, new String[] {"eco"}, "warm");

    assertThat(model.check(hot)).isEmpty();
    assertThat(model.check(copies.subList(0, 5)))
        .containsExactly("rows equal to training rows must be <= 0 of 5, got 5");
    assertThat(model.check(List.of(outside)))
        .containsExactly("values must be known from training, got another in temperature");
    assertThat(model.check(List.of(narrow)))
        .containsExactly("values must be known from training, got another in the number of fields");
    assertThat(model.check(List.of(stranger)))
        .containsExactly("class must be one of [cold, hot], got warm");
    assertThat(model.check(Collections.nCopies(100, hot.get(0))))
        .singleElement()
        .asString()
        .startsWith("mean distance from the class's column shapes must be <=");
  }

  @Test
  void refusesAGeneratorThatLearnedTheWrongClasses() {
    GeneratorModel model = train(SHORT, ToyStream.exchanged(TRAINING));

    assertThat(model.gate().refusals()).containsOnlyKeys("hot", "cold");
    assertThat(model.gate().allows("hot")).isFalse();
    assertThat(model.check(generate(model, "hot", 10)))
        .singleElement()
        .asString()
        .startsWith("column shapes must be >= 0.95");
  }

  @Test
  void leavesSmallClassesToTheirCopulaAndRefusesTheSmallest() {
    List<Sample> training = new ArrayList<>(ToyStream.samples("cold", 100, 1));
    training.addAll(ToyStream.samples("hot", 30, 2));
    training.addAll(
        ToyStream.samples("hot", 3, 3).stream()
            .map(sample -> new Sample(sample.observation(), sample.truth(), "odd"))
            .toList());

    GeneratorModel model = train(SHORT, training);

    assertThat(model.classes()).containsExactly("cold", "hot");
    assertThat(model.gate().classes()).containsOnlyKeys("cold", "hot");
    assertThat(model.gate().classes().values()) // in order of their names
        .extracting(GateReport.ClassReport::recipe)
        .containsExactly(Recipe.GAN, Recipe.COPULA);
    assertThat(model.gate().refusals().get("odd"))
        .containsExactly("training rows must be >= 10, got 3");
    assertThat(correlation(generate(model, "hot", 500))).isLessThan(-0.3);
  }

  @Test
  void saysWhenNoClassHasRowsEnough() {
    assertThatThrownBy(() -> train(SHORT, ToyStream.samples("hot", 9, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a generator must have a class of >= 10 training rows");
  }
}

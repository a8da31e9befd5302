package dev.eddy.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Detection.Part;
import dev.eddy.definition.Feature.Direction;
import dev.eddy.definition.StreamDefinition.Alerts;
import dev.eddy.definition.StreamDefinition.Augmentation;
import dev.eddy.definition.StreamDefinition.BalanceJudge;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Guard.NewNormal;
import dev.eddy.definition.StreamDefinition.Labels;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Season;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.StreamDefinition.Statistic;
import dev.eddy.definition.StreamDefinition.Training;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionWriterTest {
  private static final StreamDefinition FULL =
      new StreamDefinition(
          "network",
          new Source(
              "connections",
              Format.CSV,
              "host name",
              "ts",
              List.of("ts", "host name", "a", "b", "c", "é: #", "l")),
          List.of(
              Feature.number("a"),
              Feature.category("b"),
              new Feature("c", Feature.Type.NUMBER, Direction.LOW, new MinimumDeviation(0, 0.07)),
              new Feature(
                  "é: #", Feature.Type.NUMBER, Direction.BOTH, new MinimumDeviation(1e-7, 0))),
          new Context(
              false,
              7,
              3,
              List.of("a"),
              List.of(1, 12),
              Set.of(Statistic.SLOPE, Statistic.SPREAD),
              Set.of(Season.WEEK)),
          new Labels("l", List.of("no", "null", "0", "a\"b\\c\n"), "truth"),
          new Alerts(1.5, Duration.ofDays(7), Duration.ofMillis(1500)),
          new Augmentation(
              Map.of("x y", 0.1, "z", 0.29),
              1.5,
              true,
              BalanceJudge.NEURAL,
              0.5,
              List.of(
                  new Constraint.Range("a", -1.5, Double.POSITIVE_INFINITY),
                  new Constraint.WholeNumber("c"),
                  new Constraint.Categories("b", List.of("no", "x: y")),
                  new Constraint.Inequality("a", "é: #"),
                  new Constraint.Formula("a", Expression.parse("2 * (c - `é: #`) / 1e3")),
                  new Constraint.Combination(List.of("a", "b"))),
              new Generation(
                  GeneratorFamily.GAN, Duration.ofSeconds(30), GanObjective.HINGE, 8, 0.2)),
          new Training(
              Duration.ofSeconds(5),
              Duration.ofHours(36),
              60,
              0,
              70,
              Long.MIN_VALUE,
              false,
              new Limits(Duration.ofMinutes(2), 3, Duration.ofHours(1), 0.25),
              new Guard(0.02, Duration.ofMinutes(3), Duration.ofHours(5), NewNormal.REFUSE),
              new Drift(Duration.ofMinutes(7), 222, false),
              new Gate(0.015, Gate.Promotion.APPROVAL)),
          new Detection(
              Detection.Mode.ONE_CLASS,
              Set.of(Part.CONTEXT, Part.VAE),
              0.1,
              0.25,
              Detection.Objective.NON_SATURATING,
              Detection.Window.CONVOLUTION,
              Duration.ofSeconds(90)));

  private static final StreamDefinition SMALL =
      StreamDefinition.of(
          "s", new Source("t", Format.JSON, null, null, List.of()), List.of(Feature.number("f")));

  @Test
  void writesWhatReadsAsTheSameDefinition() {
    assertThat(DefinitionReader.parseStream("written", DefinitionWriter.write(FULL)))
        .isEqualTo(FULL);
    assertThat(DefinitionReader.parseStream("written", DefinitionWriter.writeWhole(FULL)))
        .isEqualTo(FULL);
    assertThat(DefinitionReader.parseStream("written", DefinitionWriter.writeWhole(SMALL)))
        .isEqualTo(SMALL);
  }

  @Test
  void leavesDefaultsOut() {
    assertThat(DefinitionWriter.write(SMALL))
        .isEqualTo(
            """
            stream: s
            source:
              topic: t
              format: json
            features:
              - f
            """);
  }

  @Test
  void digestsTheSameDefinitionToTheSameText() {
    StreamDefinition again = DefinitionReader.parseStream("written", DefinitionWriter.write(FULL));

    assertThat(again.digest()).isEqualTo(FULL.digest()).matches("[0-9a-f]{64}");
    assertThat(FULL.digest()).isNotEqualTo(SMALL.digest());
    assertThat(SMALL.digest())
        .as("stable across versions: models and manifests hold it")
        .isEqualTo("8036bb31d812c53a943663bd3535d4fb58619ae04cfa6f4dedb4ebfea6fa7f96");
  }

  @Test
  void digestsFeaturesAndContextAlone() {
    StreamDefinition otherAlerts =
        DefinitionReader.parseStream(
            "test", "{stream: z, source: {topic: u}, features: [f], alerts: {cooldown: 1m}}");
    StreamDefinition otherContext =
        DefinitionReader.parseStream(
            "test", "{stream: s, source: {topic: t}, features: [f], context: {halfLife: 9}}");

    assertThat(otherAlerts.featureDigest()).isEqualTo(SMALL.featureDigest());
    assertThat(otherAlerts.digest()).isNotEqualTo(SMALL.digest());
    assertThat(otherContext.featureDigest()).isNotEqualTo(SMALL.featureDigest());
  }
}

package dev.eddy.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Format;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changing a default changes what running systems do: it must be meant. */
class DefaultsTest {
  private static final EddyConfiguration SMALLEST =
      DefinitionReader.parse(
          "smallest",
          "{stream: s, source: {topic: t}, features: [f], kafka: {bootstrap.servers: b}}");

  @Test
  void pinsEveryDefaultOfTheStream() {
    StreamDefinition stream = SMALLEST.stream();

    assertThat(stream.source())
        .isEqualTo(new StreamDefinition.Source("t", Format.JSON, null, null, List.of()));
    assertThat(stream.features())
        .containsExactly(
            new Feature(
                "f", Feature.Type.NUMBER, Feature.Direction.BOTH, new MinimumDeviation(0, 0)));
    assertThat(stream.context()).isEqualTo(StreamDefinition.Context.of(200, 0, List.of()));
    assertThat(stream.labels())
        .isEqualTo(new StreamDefinition.Labels(null, List.of("normal"), null));
    assertThat(stream.alerts())
        .isEqualTo(new StreamDefinition.Alerts(20, Duration.ofDays(1), Duration.ofMinutes(10)));
    assertThat(stream.augmentation())
        .isEqualTo(
            new StreamDefinition.Augmentation(
                Map.of(),
                3,
                false,
                StreamDefinition.BalanceJudge.ANY,
                50,
                List.of(),
                new StreamDefinition.Generation(
                    StreamDefinition.GeneratorFamily.AUTO,
                    Duration.ofMinutes(2),
                    StreamDefinition.GanObjective.WASSERSTEIN,
                    0,
                    0)));
    assertThat(stream.training())
        .isEqualTo(
            new StreamDefinition.Training(
                Duration.ofHours(1), Duration.ofDays(7), 5_000, 50, 50_000, 0));
    assertThat(stream.detection())
        .isEqualTo(
            new Detection(
                Detection.Mode.AUTO,
                EnumSet.range(Detection.Part.VAE, Detection.Part.TREES),
                0.35,
                1,
                Detection.Objective.NOISE_CONTRASTIVE,
                Detection.Window.MLP,
                Duration.ofSeconds(30)));
  }

  @Test
  void pinsEveryDefaultOfTheProcess() {
    assertThat(SMALLEST.scoring())
        .isEqualTo(
            new EddyConfiguration.Scoring(512, Duration.ofMillis(20), "auto", 1, true, true, null));
    assertThat(SMALLEST.http()).isEqualTo(new EddyConfiguration.Http("127.0.0.1", 8080));
    assertThat(SMALLEST.registry())
        .isEqualTo(new EddyConfiguration.Registry(50, Duration.ofDays(90), null, List.of(), null));
    assertThat(SMALLEST.kafka()).containsExactly(Map.entry("bootstrap.servers", "b"));
  }

  @Test
  void isWhatADefinitionMadeInCodeHas() {
    assertThat(SMALLEST.stream())
        .isEqualTo(
            StreamDefinition.of("s", SMALLEST.stream().source(), SMALLEST.stream().features()));
  }
}

package dev.eddy.cli;

import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition.Gate.Promotion;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelVerdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What {@link PublishKillTest} kills: publishes and promotes versions, one after the other. */
final class PublishForever {
  private PublishForever() {}

  /** Runs until it is killed. */
  public static void main(String[] args) {
    EddyConfiguration configuration = DefinitionReader.read(Path.of(args[0]));
    try (TopicModelRegistry registry = registry(configuration)) {
      registry.start();
      registry.lead().take();
      int number =
          registry.versions().stream()
              .map(Manifest::version)
              .mapToInt(version -> Integer.parseInt(version.value().substring(1)))
              .max()
              .orElse(0);
      while (true) {
        number++;
        ModelVersion version = ModelVersion.of(number);
        registry.publish(
            ArtifactFixture.artifact(version, 2_000_000 + number),
            new ModelVerdict(
                version.value(), null, true, true, "next", "1h", List.of(), Map.of(), 0L),
            Promotion.AUTOMATIC);
      }
    }
  }

  /** In the days of the fixture's artifacts, which are not too old then. */
  static TopicModelRegistry registry(EddyConfiguration configuration) {
    return TopicModelRegistry.of(
        configuration, Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC));
  }
}

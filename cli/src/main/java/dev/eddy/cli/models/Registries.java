package dev.eddy.cli.models;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.kafka.Topics;
import java.time.Clock;

/** Opens the registry of a stream. */
final class Registries {
  private Registries() {}

  /** Opens a registry that has read everything; the caller closes it. */
  static TopicModelRegistry open(EddyConfiguration configuration) {
    TopicModelRegistry registry =
        new TopicModelRegistry(
            KafkaSettings.of(configuration),
            Topics.of(configuration.stream()).models(),
            Clock.systemUTC());
    try {
      registry.start();
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
    return registry;
  }
}

package dev.eddy.cli.models;

import dev.eddy.cli.shell.LogLevels;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.kafka.Topics;
import dev.eddy.registry.RegistryPolicy;
import dev.eddy.registry.SigningKey;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Opens the registry of a stream. */
final class Registries {
  private Registries() {}

  /** Opens a registry that has read everything; the caller closes it. */
  static TopicModelRegistry open(EddyConfiguration configuration) {
    return open(configuration, RegistryPolicy.of(configuration.registry()));
  }

  /** Opens a registry that signs with the key of a file, where there is one. */
  static TopicModelRegistry open(EddyConfiguration configuration, @Nullable Path key) {
    RegistryPolicy policy = RegistryPolicy.of(configuration.registry());
    return open(configuration, key == null ? policy : policy.signingWith(SigningKey.read(key)));
  }

  private static TopicModelRegistry open(EddyConfiguration configuration, RegistryPolicy policy) {
    LogLevels.quiet();
    new TopicCreator(KafkaSettings.of(configuration))
        .requirePresent(
            Topics.of(configuration.stream()).models(),
            "eddy run and eddy train create it when they start");
    TopicModelRegistry registry = TopicModelRegistry.of(configuration, policy, Clock.systemUTC());
    try {
      registry.start();
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
    return registry;
  }
}

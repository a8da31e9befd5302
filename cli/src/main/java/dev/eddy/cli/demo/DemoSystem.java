package dev.eddy.cli.demo;

import dev.eddy.cli.broker.EmbeddedBroker;
import dev.eddy.cli.broker.TemporaryFolder;
import dev.eddy.cli.shell.Lifetime;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.stream.StreamApp;
import dev.eddy.trainer.TrainerApp;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * What runs in production, in one process: broker, stream-app and trainer. The lifetime owns its
 * parts.
 *
 * @param file the configuration as other commands can use it
 */
record DemoSystem(
    Path file,
    EddyConfiguration configuration,
    EmbeddedBroker broker,
    StreamApp streamApp,
    TrainerApp trainer,
    TopicModelRegistry registry) {
  private static final int PARTITIONS = 3;

  /** Starts everything, in the order in which parts need each other. */
  static DemoSystem start(int httpPort, boolean live, Lifetime lifetime, Clock clock) {
    TemporaryFolder folder =
        lifetime.own("folder", TemporaryFolder.create("eddy-demo-"), Duration.ofSeconds(1));
    TemporaryFolder data = new TemporaryFolder(folder.path().resolve("kafka"));
    EmbeddedBroker broker =
        lifetime.own("broker", EmbeddedBroker.start(data, 0), Duration.ofMillis(1_500));
    Path file = folder.path().resolve("stream.yaml");
    EddyConfiguration read =
        DemoConfiguration.write(file, broker.bootstrapServers(), httpPort, live);
    EddyConfiguration configuration =
        DemoConfiguration.withState(read, folder.path().resolve("state"));
    KafkaSettings settings = KafkaSettings.of(configuration);
    TopicCreator creator = new TopicCreator(settings);
    creator.createSource(configuration.stream(), PARTITIONS);
    creator.createMissing(configuration.stream());

    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    StreamApp streamApp = new StreamApp(configuration, clock, meters);
    TrainerApp trainer = new TrainerApp(configuration, clock, meters);
    lifetime.own("apps", new Together(streamApp, trainer), Duration.ofSeconds(2));
    TopicModelRegistry registry =
        lifetime.own(
            "registry", TopicModelRegistry.of(configuration, clock), Duration.ofMillis(500));
    registry.start();
    trainer.start();
    streamApp.start();
    return new DemoSystem(file, configuration, broker, streamApp, trainer, registry);
  }
}

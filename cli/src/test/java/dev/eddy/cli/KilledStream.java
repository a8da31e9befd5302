package dev.eddy.cli;

import dev.eddy.cli.broker.EmbeddedBroker;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicCreator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stream on a broker of its own, and the processes on it that a test kills. */
final class KilledStream implements AutoCloseable {
  private final Path folder;
  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final Path file;
  private final EddyConfiguration configuration;
  private final List<ChildJvm> started = new ArrayList<>();

  /**
   * Starts the broker and creates the topics.
   *
   * @param folder for the configuration and the logs
   * @param partitions of the source topic
   * @param definition YAML without the section {@code kafka}
   */
  KilledStream(Path folder, int partitions, String definition) throws IOException {
    this.folder = folder;
    this.file = folder.resolve("stream.yaml");
    Files.writeString(
        file,
        definition
            + """
              kafka:
                bootstrap.servers: "%s"
                session.timeout.ms: 6000
                heartbeat.interval.ms: 1000
              """
                .formatted(broker.bootstrapServers()));
    this.configuration = DefinitionReader.read(file);
    var creator = new TopicCreator(KafkaSettings.of(configuration));
    creator.createSource(configuration.stream(), partitions);
    creator.createMissing(configuration.stream());
  }

  EddyConfiguration configuration() {
    return configuration;
  }

  /** Returns where the configuration is written. */
  Path file() {
    return file;
  }

  /** Starts a process that {@link #close()} ends, if the test does not. */
  ChildJvm start(int megabytes, Class<?> mainClass, String... arguments) throws IOException {
    ChildJvm jvm = ChildJvm.start(folder.resolve("log"), megabytes, mainClass.getName(), arguments);
    started.add(jvm);
    return jvm;
  }

  @Override
  public void close() {
    started.forEach(ChildJvm::close);
    broker.close();
  }
}

package dev.eddy.cli.demo;

import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.EddyConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demo's configuration: a readable resource, with what is only known at run time filled in. */
final class DemoConfiguration {
  private static final int MINIMUM_RECORDS = 2_000;
  private static final int MINIMUM_RECORDS_LIVE = 300;

  private DemoConfiguration() {}

  /**
   * Writes the file that other commands can be tried with, and reads it as they would.
   *
   * @param live whether records come at the pace of one host, so that training has to begin earlier
   */
  static EddyConfiguration write(Path file, String bootstrapServers, int httpPort, boolean live) {
    String yaml =
        template()
            .replace("@bootstrapServers@", bootstrapServers)
            .replace("@httpPort@", String.valueOf(httpPort))
            .replace(
                "@minimumRecords@", String.valueOf(live ? MINIMUM_RECORDS_LIVE : MINIMUM_RECORDS));
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DefinitionReader.read(file);
  }

  /** Returns the same configuration with local state in a folder that goes with the demo. */
  static EddyConfiguration withState(EddyConfiguration configuration, Path folder) {
    EddyConfiguration.Scoring scoring = configuration.scoring();
    return new EddyConfiguration(
        configuration.stream(),
        configuration.kafka(),
        new EddyConfiguration.Scoring(
            scoring.batchSize(),
            scoring.deadline(),
            scoring.device(),
            scoring.threads(),
            scoring.exactlyOnce(),
            scoring.baseline(),
            folder.toString()),
        configuration.http(),
        configuration.registry());
  }

  private static String template() {
    try (InputStream in = DemoConfiguration.class.getResourceAsStream("stream.yaml")) {
      if (in == null) {
        throw new IllegalStateException("resource stream.yaml must be part of the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

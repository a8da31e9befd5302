package dev.eddy.benchmarks.stream;

import dev.eddy.cli.EddyCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code eddy broker} in a process of its own, so that it shares no heap with what is measured. */
final class BrokerProcess implements AutoCloseable {
  private static final String ADDRESS = "bootstrap.servers=";
  private static final int STOP_SECONDS = 10;

  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts it on any free port; it serves when this returns. */
  static BrokerProcess start() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            EddyCommand.class.getName(),
            "broker",
            "--port",
            "0");
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(ADDRESS)) {
          return new BrokerProcess(process, line.substring(ADDRESS.length()));
        }
      }
      process.destroyForcibly();
      throw new IllegalStateException("broker must print its address, ended without");
    } catch (IOException e) {
      throw new UncheckedIOException("broker cannot be started", e);
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

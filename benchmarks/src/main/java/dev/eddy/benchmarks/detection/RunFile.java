package dev.eddy.benchmarks.detection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs so far, one JSON object a line, so that a long benchmark can be stopped and gone on
 * with.
 */
final class RunFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final @Nullable Path file;
  private final List<DetectionRun> runs = new ArrayList<>();

  /** Reads the runs of a file that may not be there yet; without a file nothing is kept. */
  RunFile(@Nullable Path file) {
    this.file = file;
    if (file != null && Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          runs.add(JSON.readValue(line, DetectionRun.class));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "--results must name a file of earlier runs, found another in " + file, e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  List<DetectionRun> runs() {
    return List.copyOf(runs);
  }

  boolean holds(String set, String setting, long seed) {
    return runs.stream().anyMatch(run -> run.is(set, setting, seed));
  }

  void add(DetectionRun run) {
    runs.add(run);
    if (file != null) {
      try {
        Files.writeString(
            file,
            JSON.writeValueAsString(run) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

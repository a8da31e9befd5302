package dev.eddy.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The runs so far, one JSON object a line, so that a long benchmark can be stopped and gone on
 * with.
 *
 * @param <R> what is kept of a run, a record that Jackson can read and write
 */
public final class RunFile<R> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final @Nullable Path file;
  private final List<R> runs = new ArrayList<>();

  /** Reads the runs of a file that may not be there yet; without a file nothing is kept. */
  public RunFile(@Nullable Path file, Class<R> type) {
    this.file = file;
    if (file != null && Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          runs.add(JSON.readValue(line, type));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "--results must name a file of earlier runs, found another in " + file, e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns all runs, in the order in which they were made. */
  public List<R> runs() {
    return List.copyOf(runs);
  }

  /** Returns whether a run is there already. */
  public boolean holds(Predicate<R> which) {
    return runs.stream().anyMatch(which);
  }

  /** Keeps a run. */
  public void add(R run) {
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

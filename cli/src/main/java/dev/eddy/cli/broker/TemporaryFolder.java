package dev.eddy.cli.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is deleted with everything in it when it closes.
 *
 * @param path where it is
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TemporaryFolder.class);
  private static final int ATTEMPTS = 5;

  /** Creates a folder in the system's temporary folder; its name also tells whose it is. */
  public static TemporaryFolder create(String prefix) {
    try {
      String name = "%s%d-".formatted(prefix, ProcessHandle.current().pid());
      return new TemporaryFolder(Files.createTempDirectory(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes the folder. A file that appears while it is walked, written by a thread that is just
   * ending, is met by another walk; what remains is logged. Calling it again does nothing.
   */
  @Override
  public void close() {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
      try (Stream<Path> walk = Files.walk(path)) {
        List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        for (Path found : deepestFirst) {
          Files.deleteIfExists(found);
        }
      } catch (IOException e) {
        last = e;
      } catch (UncheckedIOException e) {
        last = e.getCause();
      }
    }
    if (Files.exists(path)) {
      log.atWarn().addKeyValue("folder", path).setCause(last).log("folder could not be deleted");
    }
  }
}

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

/** Deletes folders that nobody needs any more. */
public final class TemporaryFolders {
  private static final Logger log = LoggerFactory.getLogger(TemporaryFolders.class);
  private static final int ATTEMPTS = 3;

  private TemporaryFolders() {}

  /**
   * Deletes a folder with everything in it. A file that appears while it is walked, written by a
   * thread that is just ending, is met by another walk; what remains is logged.
   */
  public static void delete(Path folder) {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
      try (Stream<Path> walk = Files.walk(folder)) {
        List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        for (Path path : deepestFirst) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        last = new IOException(e);
      }
    }
    if (Files.exists(folder)) {
      log.atWarn().addKeyValue("folder", folder).setCause(last).log("folder could not be deleted");
    }
  }
}

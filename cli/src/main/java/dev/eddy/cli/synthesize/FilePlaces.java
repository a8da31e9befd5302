package dev.eddy.cli.synthesize;

import dev.eddy.cli.shell.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a command reads and writes, so that it writes over nothing of its own. */
final class FilePlaces {
  private final Map<Path, String> places = new LinkedHashMap<>();

  /** Remembers what lies at a place. */
  void take(Path path, String what) throws IOException {
    places.put(place(path), what);
  }

  /**
   * Remembers that a file will be written.
   *
   * @throws UsageException if it is a folder, or the file of something else, whatever links lead
   *     there
   */
  void write(String option, Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new UsageException("%s must be a file, got the folder %s".formatted(option, path));
    }
    for (Map.Entry<Path, String> taken : places.entrySet()) {
      if (isSame(path, taken.getKey())) {
        throw new UsageException(
            "%s must not be %s, got %s".formatted(option, taken.getValue(), path));
      }
    }
    take(path, "the file of " + option);
  }

  private static boolean isSame(Path path, Path place) throws IOException {
    return place(path).equals(place)
        || (Files.exists(path) && Files.exists(place) && Files.isSameFile(path, place));
  }

  /** Returns where a file is, or would be. */
  private static Path place(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.exists(absolute)) {
      return absolute.toRealPath();
    }
    Path folder = absolute.getParent();
    return folder != null && Files.exists(folder)
        ? folder.toRealPath().resolve(absolute.getFileName())
        : absolute;
  }
}

package dev.eddy.evaluation.quality;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads LightGBM's native library from a folder that belongs to this process alone. The binding
 * unpacks it to a fixed name in the temporary folder: a second process would write over the file
 * that the first one runs, which ends the first one.
 */
final class LightGbm {
  private static final Logger LOG = LoggerFactory.getLogger(LightGbm.class);
  private static final String FOLDER = "java.io.tmpdir";
  private static final boolean LOADED = load();

  private LightGbm() {}

  /** Returns whether it can be used; it needs libgomp on Linux. */
  static boolean isLoaded() {
    return LOADED;
  }

  private static boolean load() {
    String before = System.getProperty(FOLDER);
    try {
      Path own = Files.createTempDirectory("eddy-lightgbm");
      own.toFile().deleteOnExit();
      System.setProperty(FOLDER, own.toString());
      boolean loaded = LGBMBooster.isNativeLoaded(); // its first use unpacks and loads
      File[] unpacked = own.toFile().listFiles();
      for (File file : unpacked == null ? new File[0] : unpacked) {
        file.deleteOnExit();
      }
      return loaded;
    } catch (IOException | LinkageError e) {
      LOG.atWarn().setCause(e).log("could not load LightGBM; generators are not measured");
      return false;
    } finally {
      System.setProperty(FOLDER, before);
    }
  }
}

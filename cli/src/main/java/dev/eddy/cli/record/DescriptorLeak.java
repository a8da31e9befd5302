package dev.eddy.cli.record;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Opens the same small file again and again and holds on to every descriptor. */
final class DescriptorLeak implements Fault {

  static final int MOST_OPEN = 4_000;

  private static final double PER_SECOND = 1_000;

  /** Left free below the process's limit. */
  private static final long SPARE = 200;

  @Override
  public void run(Path work, Runnable started, BooleanSupplier on) throws IOException {
    long most = Math.min(MOST_OPEN, Math.max(0, limit() - SPARE));
    Path file = Files.createFile(work.resolve("leak"));
    List<InputStream> open = new ArrayList<>();
    try {
      started.run();
      Pace pace = new Pace(PER_SECOND);
      while (on.getAsBoolean()) {
        if (open.size() < most) {
          open.add(Files.newInputStream(file));
        }
        pace.spend(1);
      }
    } finally {
      for (InputStream stream : open) {
        stream.close();
      }
    }
  }

  private static long limit() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.UnixOperatingSystemMXBean system
        ? system.getMaxFileDescriptorCount()
        : 512;
  }
}

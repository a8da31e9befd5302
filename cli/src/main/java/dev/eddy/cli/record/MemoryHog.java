package dev.eddy.cli.record;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Takes memory outside the heap within about a second and keeps touching every page of it. */
final class MemoryHog implements Fault {

  static final long MOST_BYTES = 1536L << 20;

  private static final int CHUNK_BYTES = 32 << 20;
  private static final int PAGE_BYTES = 4096;
  private static final double BYTES_PER_SECOND = 1.5 * (1L << 30);
  private static final double TOUCHES_PER_SECOND = 200_000;

  @Override
  public void run(Path work, Runnable started, BooleanSupplier on) {
    long most = Math.min(MOST_BYTES, memoryBytes() / 10);
    List<ByteBuffer> chunks = new ArrayList<>();
    started.run();
    Pace growth = new Pace(BYTES_PER_SECOND);
    for (long taken = CHUNK_BYTES; taken <= most && on.getAsBoolean(); taken += CHUNK_BYTES) {
      // A direct buffer is zeroed when it is made, so its pages are real from the start.
      chunks.add(ByteBuffer.allocateDirect(CHUNK_BYTES));
      growth.spend(CHUNK_BYTES);
    }
    Pace touches = new Pace(TOUCHES_PER_SECOND);
    while (on.getAsBoolean()) {
      for (ByteBuffer chunk : chunks) {
        for (int at = 0; at < CHUNK_BYTES; at += PAGE_BYTES) {
          chunk.put(at, (byte) (chunk.get(at) + 1));
        }
        touches.spend((double) CHUNK_BYTES / PAGE_BYTES);
        if (!on.getAsBoolean()) {
          return;
        }
      }
      if (chunks.isEmpty()) {
        touches.spend(TOUCHES_PER_SECOND / 10);
      }
    }
  }

  private static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}

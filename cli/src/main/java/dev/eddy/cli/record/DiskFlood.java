package dev.eddy.cli.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Rewrites one file over and over and forces each block to the disk. */
final class DiskFlood implements Fault {

  static final long FILE_BYTES = 256L << 20;

  private static final long TOTAL_BYTES = 2L << 30;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final double BYTES_PER_SECOND = 100.0 * (1 << 20);

  @Override
  public void run(Path work, Runnable started, BooleanSupplier on) throws IOException {
    byte[] noise = new byte[BLOCK_BYTES];
    new Random(1).nextBytes(noise);
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES).put(noise);
    Path file = work.resolve("flood");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      started.run();
      Pace pace = new Pace(BYTES_PER_SECOND);
      for (long written = 0; written < TOTAL_BYTES && on.getAsBoolean(); written += BLOCK_BYTES) {
        block.rewind();
        channel.write(block, written % FILE_BYTES);
        channel.force(false);
        pace.spend(BLOCK_BYTES);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }
}

package dev.eddy.cli.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Starts processes that do nothing and end at once. */
final class ForkStorm implements Fault {

  static final int MOST_ALIVE = 20;

  private static final double PER_SECOND = 200;

  @Override
  public void run(Path work, Runnable started, BooleanSupplier on)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("true")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Deque<Process> alive = new ArrayDeque<>();
    started.run();
    Pace pace = new Pace(PER_SECOND);
    try {
      while (on.getAsBoolean()) {
        if (alive.size() >= MOST_ALIVE) {
          alive.remove().waitFor();
        }
        alive.add(builder.start());
        pace.spend(1);
      }
    } finally {
      for (Process process : alive) {
        process.waitFor();
      }
    }
  }
}

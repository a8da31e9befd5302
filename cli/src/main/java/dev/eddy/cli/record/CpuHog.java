package dev.eddy.cli.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Spins one thread per core. */
final class CpuHog implements Fault {

  @Override
  public void run(Path work, Runnable started, BooleanSupplier on) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
      Thread thread = new Thread(() -> spin(on), "spin-" + core);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    started.run();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void spin(BooleanSupplier on) {
    while (on.getAsBoolean()) {
      for (int i = 0; i < 10_000; i++) {
        Thread.onSpinWait();
      }
    }
  }
}

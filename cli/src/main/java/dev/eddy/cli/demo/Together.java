package dev.eddy.cli.demo;

import java.util.concurrent.CompletableFuture;

/** Two parts that are closed at the same time, because each may take a while. */
record Together(AutoCloseable first, AutoCloseable second) implements AutoCloseable {

  @Override
  public void close() {
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> close(second));
    close(first);
    other.join();
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(part.getClass().getSimpleName() + " did not close", e);
    }
  }
}

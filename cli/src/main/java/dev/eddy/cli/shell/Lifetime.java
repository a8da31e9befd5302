package dev.eddy.cli.shell;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command keeps open, closed in reverse order of opening by whoever comes first: the end of
 * the command, or the signal to stop (Ctrl-C, SIGTERM). Each part has a bounded time to close, and
 * after a signal all of them together have {@link #TOTAL}, so that one that hangs keeps no other
 * from cleaning up. At the end of a command, where nobody waits, they have {@value #PATIENCE} times
 * as long. What was opened first is closed last, and has whatever time is left: a folder belongs
 * there.
 *
 * <p>Safe for use by several threads. A part that is opened after the end is closed at once.
 */
public final class Lifetime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lifetime.class);

  /** How long everything may take to close after a signal. */
  static final Duration TOTAL = Duration.ofMillis(4_500);

  private static final int PATIENCE = 4;

  private static final Duration LEAST = Duration.ofMillis(20);

  private final Deque<Part> parts = new ArrayDeque<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(() -> close(1), "shutdown");
  private boolean closing;

  private record Part(String name, AutoCloseable resource, Duration limit) {}

  private Lifetime() {}

  /** Begins: from now on a signal to stop closes what is open. */
  public static Lifetime begin() {
    Lifetime lifetime = new Lifetime();
    Runtime.getRuntime().addShutdownHook(lifetime.hook);
    return lifetime;
  }

  /**
   * Takes over a part.
   *
   * @param limit how long its closing may take
   * @return the part
   */
  public <T extends AutoCloseable> T own(String name, T resource, Duration limit) {
    Part part = new Part(name, resource, limit);
    synchronized (this) {
      if (!closing) {
        parts.push(part);
        return resource;
      }
    }
    close(part, part.limit());
    throw new IllegalStateException("%s cannot be opened: the process is stopping".formatted(name));
  }

  /** Returns whether the end has begun. */
  public boolean isEnding() {
    return ending.getCount() == 0;
  }

  /** Waits for the signal to stop. */
  public void awaitEnd() throws InterruptedException {
    ending.await();
    ended.await();
  }

  /**
   * Waits, but not beyond the signal to stop.
   *
   * @return whether the end has begun
   */
  public boolean sleep(Duration duration) throws InterruptedException {
    return ending.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Closes everything and returns when all is closed. Calling it again only waits. */
  @Override
  public void close() {
    close(PATIENCE);
  }

  private void close(int patience) {
    boolean first;
    synchronized (this) {
      first = !closing;
      closing = true;
    }
    ending.countDown();
    if (!first) {
      awaitClosed(TOTAL.multipliedBy(patience));
      return;
    }
    long deadline = System.nanoTime() + TOTAL.multipliedBy(patience).toNanos();
    try {
      for (Part part = next(); part != null; part = next()) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        close(part, allowed(part.limit().multipliedBy(patience), left));
      }
    } finally {
      ended.countDown();
      removeHook();
    }
  }

  private synchronized @Nullable Part next() {
    return parts.poll();
  }

  private synchronized Duration allowed(Duration limit, Duration left) {
    Part bottom = parts.peekLast();
    if (bottom == null) {
      return longer(left, limit);
    }
    Duration spare = left.minus(bottom.limit());
    return longer(spare.compareTo(limit) < 0 ? spare : limit, LEAST);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static void close(Part part, Duration limit) {
    Thread closer = new Thread(() -> closeNow(part), "close-" + part.name());
    closer.setDaemon(true);
    closer.start();
    try {
      closer.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closer.isAlive()) {
      log.atWarn()
          .addKeyValue("part", part.name())
          .addKeyValue("limitMillis", limit.toMillis())
          .log("part did not close in time and is left to the end of the process");
    }
  }

  private static void closeNow(Part part) {
    try {
      part.resource().close();
    } catch (Exception e) {
      log.atWarn().addKeyValue("part", part.name()).setCause(e).log("part did not close cleanly");
    }
  }

  private void awaitClosed(Duration limit) {
    try {
      boolean closed = ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
      log.atDebug().addKeyValue("closed", closed).log("waited for the end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is stopping already: the hook is what runs this
    }
  }
}

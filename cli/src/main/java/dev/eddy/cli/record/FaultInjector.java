package dev.eddy.cli.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the faults of a schedule, one child process each, and keeps the record of when each was on.
 *
 * <p>A fault is on from the moment its process says so until that process has ended. Closing ends
 * the current process and deletes its files; should this process die without closing, the child
 * sees its input end and stops by itself.
 */
public final class FaultInjector implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final FaultSchedule schedule;
  private final Path temporary;
  private final FaultTimeline timeline = new FaultTimeline();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "fault-injector");
  private volatile long startNanos;
  private final AtomicInteger failures = new AtomicInteger();

  /** Creates an injector; {@link #start()} starts its clock. */
  public FaultInjector(FaultSchedule schedule) {
    this(schedule, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Creates an injector.
   *
   * @param temporary where each fault gets its own folder while it runs
   */
  FaultInjector(FaultSchedule schedule, Path temporary) {
    this.schedule = schedule;
    this.temporary = temporary;
    thread.setDaemon(true);
  }

  /** Starts the schedule's clock and returns at once. */
  public void start() {
    startNanos = System.nanoTime();
    thread.start();
  }

  /**
   * The label of the time between two moments of {@link System#nanoTime()}: the fault that was on
   * for at least half of it, if any.
   */
  public FaultLabel label(long begin, long end) {
    return timeline.label(begin, end);
  }

  /** How many faults failed to start or were cut off by their watchdog. */
  public int failures() {
    return failures.get();
  }

  private void run() {
    try {
      for (FaultEpisode episode : schedule.episodes()) {
        long at = startNanos + episode.start().toNanos();
        TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
        inject(episode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void inject(FaultEpisode episode) throws InterruptedException {
    try {
      if (inject(episode.kind(), episode.length(), episode.id()) != 0) {
        failures.incrementAndGet();
      }
    } catch (IOException e) {
      failures.incrementAndGet();
    }
  }

  /**
   * Runs one fault outside the schedule and waits for its end; not while another fault is on.
   *
   * @param length at most 60 s
   * @param episode the number that its label carries
   * @return the exit status of the fault's process; not 0 when it failed or had to be cut off
   * @throws IOException when its process cannot be started
   */
  public int inject(FaultKind kind, Duration length, int episode)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(temporary, "eddy-fault-");
    Process child = null;
    try {
      child = start(kind, length, work);
      awaitStart(child, kind, episode);
      if (!child.waitFor(length.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
        return -1;
      }
      return child.exitValue();
    } finally {
      end(child);
      timeline.ended(System.nanoTime());
      FaultProcess.deleteFolder(work);
    }
  }

  private void awaitStart(Process child, FaultKind kind, int episode) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII));
    if (FaultProcess.STARTED.equals(reader.readLine())) {
      timeline.started(kind, episode, System.nanoTime());
    }
  }

  private static Process start(FaultKind kind, Duration length, Path work) throws IOException {
    return new ProcessBuilder(command(kind, length, work))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static List<String> command(FaultKind kind, Duration length, Path work) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx32m",
        "-Xss256k",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:MaxDirectMemorySize=" + (MemoryHog.MOST_BYTES + (64L << 20)),
        "-cp",
        System.getProperty("java.class.path"),
        FaultProcess.class.getName(),
        kind.label(),
        String.format(Locale.ROOT, "%.3f", length.toMillis() / 1000.0),
        work.toString());
  }

  private static void end(@Nullable Process child) {
    if (child != null && child.isAlive()) {
      child.descendants().forEach(ProcessHandle::destroyForcibly);
      child
          .destroyForcibly()
          .onExit()
          .orTimeout(2, TimeUnit.SECONDS)
          .exceptionally(e -> child)
          .join();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      thread.interrupt();
      try {
        thread.join(PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package dev.eddy.cli.record;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The program of the child process that makes one fault.
 *
 * <p>It writes {@code started} to its output when the fault begins and exits when the fault is
 * over. Three things end it, whichever comes first: its own time, the end of its standard input
 * (the parent has gone, however it went), and a watchdog that halts the process when the fault has
 * not stopped {@value #GRACE_SECONDS} seconds after either. Its work folder is gone afterwards.
 */
public final class FaultProcess {

  static final String STARTED = "started";
  static final int LONGEST_SECONDS = 60;
  static final int GRACE_SECONDS = 2;

  private static final int EXIT_HALTED = 3;

  private FaultProcess() {}

  /**
   * Runs a fault.
   *
   * @param args the kind's label, the seconds to run (fractions allowed, 60 at most) and an
   *     existing work folder
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 3) {
      throw new IllegalArgumentException(
          "fault process takes KIND SECONDS FOLDER, got " + args.length + " arguments");
    }
    FaultKind kind =
        FaultKind.ofLabel(args[0])
            .orElseThrow(() -> new IllegalArgumentException("no fault of kind " + args[0]));
    Duration length = length(args[1]);
    run(kind, length, Path.of(args[2]));
  }

  private static Duration length(String seconds) {
    double value = Double.parseDouble(seconds);
    if (!(value > 0 && value <= LONGEST_SECONDS)) {
      throw new IllegalArgumentException(
          "fault length must be in (0, " + LONGEST_SECONDS + "] seconds, got " + seconds);
    }
    return Duration.ofNanos((long) (value * 1e9));
  }

  private static void run(FaultKind kind, Duration length, Path work)
      throws IOException, InterruptedException {
    PrintStream report =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
    AtomicBoolean orphaned = new AtomicBoolean();
    long begin = System.nanoTime();
    daemon("parent-watch", () -> watchParent(work, orphaned));
    daemon("deadline", () -> haltAfter(length.plusSeconds(GRACE_SECONDS), work));
    try {
      Fault.of(kind)
          .run(
              work,
              () -> report.println(STARTED),
              () -> !orphaned.get() && System.nanoTime() - begin < length.toNanos());
    } finally {
      deleteFolder(work);
    }
    // Not exit: nothing is left to be done, and the label ends when this process does.
    Runtime.getRuntime().halt(0);
  }

  private static void watchParent(Path work, AtomicBoolean orphaned) {
    try (InputStream in = System.in) {
      while (in.read() >= 0) {
        // The parent never writes; its silence is the sign of life.
      }
    } catch (IOException e) {
      // A broken pipe says the same as a closed one.
    }
    orphaned.set(true);
    haltAfter(Duration.ofSeconds(GRACE_SECONDS), work);
  }

  private static void haltAfter(Duration wait, Path work) {
    try {
      TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      deleteFolder(work);
    } catch (IOException | UncheckedIOException e) {
      // The parent deletes it too.
    }
    Runtime.getRuntime().halt(EXIT_HALTED);
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Deletes a folder of plain files; a missing one is fine. */
  static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(folder)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}

package dev.eddy.cli.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Gives each sample the truth about the time it covers, and writes both. */
final class LabellingRecorder implements Consumer<TelemetrySample> {

  private static final Duration FLUSH_EVERY = Duration.ofSeconds(5);

  private final RecordingWriter writer;
  private final FaultInjector injector;
  private final ProgressLine progress;
  private long lastNanos = System.nanoTime();
  private long lastFlushNanos = lastNanos;

  LabellingRecorder(RecordingWriter writer, FaultInjector injector, ProgressLine progress) {
    this.writer = writer;
    this.injector = injector;
    this.progress = progress;
  }

  /**
   * Writes a sample that was taken just now.
   *
   * @throws UncheckedIOException when the file cannot be written
   */
  @Override
  public void accept(TelemetrySample sample) {
    long now = System.nanoTime();
    FaultLabel label = injector.label(lastNanos, now);
    lastNanos = now;
    try {
      writer.write(sample, label);
      if (now - lastFlushNanos >= FLUSH_EVERY.toNanos()) {
        writer.flush();
        lastFlushNanos = now;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress.sample(label);
  }
}

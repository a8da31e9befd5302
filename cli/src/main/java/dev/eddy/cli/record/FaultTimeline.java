package dev.eddy.cli.record;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When faults were really on, as their processes reported it; labels samples.
 *
 * <p>Safe for one writer (the injector) and one reader (the recorder). Times are {@link
 * System#nanoTime()}.
 */
final class FaultTimeline {

  private record Span(FaultKind kind, int episode, long from, OptionalLong to) {

    double overlap(long begin, long end) {
      long stop = to.isPresent() ? Math.min(to.getAsLong() - begin, end - begin) : end - begin;
      return stop - Math.max(from - begin, 0);
    }
  }

  private @Nullable Span latest;

  synchronized void started(FaultKind kind, int episode, long nanoTime) {
    latest = new Span(kind, episode, nanoTime, OptionalLong.empty());
  }

  synchronized void ended(long nanoTime) {
    if (latest != null && latest.to().isEmpty()) {
      latest = new Span(latest.kind(), latest.episode(), latest.from(), OptionalLong.of(nanoTime));
    }
  }

  /**
   * The label of the time from {@code begin} to {@code end}: a fault if it was on for at least half
   * of it.
   */
  synchronized FaultLabel label(long begin, long end) {
    Span span = latest;
    return span != null && span.overlap(begin, end) * 2 >= end - begin
        ? new FaultLabel(span.kind().label(), Integer.toString(span.episode()))
        : FaultLabel.NONE;
  }
}

package dev.eddy.stream;

import java.util.ArrayDeque;
import java.util.Deque;

/** Records a second over the last seconds, from counts sampled now and then. Thread-safe. */
final class Throughput {
  private static final int SAMPLES = 11;

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long count) {}

  /** Notes how many records there were at a time. */
  synchronized void sample(long nanos, long count) {
    samples.addLast(new Sample(nanos, count));
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
  }

  /** Returns the mean over the samples; 0 before there are two. */
  synchronized double perSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    return (last.count() - first.count()) * 1e9 / (last.nanos() - first.nanos());
  }
}

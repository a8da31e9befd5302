package dev.eddy.trainer.collection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.event.Coordinates;
import dev.eddy.schema.Verdict;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.collection.Evidence.RaisedAlert;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the trainer holds stops to grow: the heap after a part of a stream that fills every bound is
 * the heap after the whole of it, and so the heap after 50 million records.
 */
class CollectorMemoryTest {
  private static final long MEBIBYTE = 1L << 20;

  /** Between two records. */
  private static final long SECONDS = 1_000;

  /** Farther back than the recent records reach. */
  private static final long LATE = 60_000;

  /** The window has moved on twice when the first part has been read: old slices are let go. */
  private static Duration halfOf(int records) {
    return Duration.ofSeconds(SECONDS * records / 2);
  }

  @Test
  void stopsToGrowWhenItsBoundsAreReached() {
    var collector =
        collector(new CollectorLimits(500, 1 << 20, 800, 300, 200), 1_000, halfOf(20_000));
    feed(collector, 0, 20_000, 600, 10);
    long filled = heapAfterCollection();

    feed(collector, 20_000, 90_000, 600, 10);
    long grown = heapAfterCollection() - filled;

    // 70,000 records more of 150 bytes and two labels to every tenth: kept, they were 25 MiB.
    assertThat(grown).as("bytes more after four times as many records").isLessThan(4 * MEBIBYTE);
    assertThat(collector.status().rows()).isEqualTo(1_000);
    assertThat(collector.status().wantedRecords()).as("labelled, to be fetched").isEqualTo(800);
    assertThat(collector.status().classes()).as("of 9,000").hasSizeLessThanOrEqualTo(203);
    assertThat(collector.status().events()).isEqualTo(90_000);
  }

  @Test
  @Tag("slow") // a minute: a million records fill the bounds that the trainer really has
  void staysUnderTwoGibibytesWithTheBoundsThatItReallyHas() {
    var collector = collector(CollectorLimits.DEFAULT, 50_000, halfOf(1_000_000));
    long before = heapAfterCollection();
    feed(collector, 0, 1_000_000, 200_000, 1);
    long filled = heapAfterCollection() - before;
    feed(collector, 1_000_000, 1_500_000, 200_000, 1);
    long later = heapAfterCollection() - before;

    assertThat(collector.status().wantedRecords()).isEqualTo(500_000);
    assertThat(later).isLessThan(1_024 * MEBIBYTE);
    assertThat(later - filled).isLessThan(64 * MEBIBYTE);
  }

  private static Collector collector(CollectorLimits limits, int rows, Duration window) {
    var collector =
        new Collector(
            TrainerFixture.definition(new Training(Duration.ofHours(1), window, 100, 10, rows, 7)),
            new Nowhere(),
            limits,
            Clock.systemUTC());
    collector.begin(0, 0);
    return collector;
  }

  private static void feed(Collector collector, long from, long to, int entities, int labelEvery) {
    for (long offset = from; offset < to; offset++) {
      String json =
          "{\"host\":\"host-%d\",\"ts\":%d,\"duration\":%d,\"bytes\":%d,\"protocol\":\"tcp\"}"
              .formatted(offset % entities, SECONDS * offset, offset % 7, offset % 11);
      Coordinates at = TrainerFixture.at(offset);
      collector.accept(new SourceRecord(at, null, json.getBytes(UTF_8), 1_000 * SECONDS * offset));
      if (offset % labelEvery == 0) {
        label(collector, offset, offset);
        label(
            collector,
            Math.max(0, offset - LATE),
            offset); // a record that is not in memory any more
        collector.accept(
            new RaisedAlert("host-" + offset % entities, 1_000 * offset, at, "v000001"));
      }
    }
  }

  /** As if the field of the class held ids. */
  private static void label(Collector collector, long offset, long when) {
    collector.accept(
        TrainerFixture.at(offset),
        new KnownLabel(Verdict.TRUE_ALARM, "class-" + offset, "ann", when));
  }

  /** One collection alone may leave ten mebibytes of fillers behind. */
  private static long heapAfterCollection() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** Keeps nothing. */
  private static final class Nowhere implements Collector.LabelledSink {
    @Override
    public void keep(SourceRecord record, KnownLabel label) {}

    @Override
    public void gone(Coordinates coordinates, KnownLabel label, String detail) {}

    @Override
    public void forget(Coordinates coordinates) {}
  }
}

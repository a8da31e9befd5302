package dev.eddy.trainer.feed;

import static dev.eddy.trainer.feed.MemoryConsumer.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.collection.Collector;
import dev.eddy.trainer.collection.WindowSlices;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Where a trainer that starts begins to read, and what its training set has to do with it. */
class HistoryTest {
  private static final Duration WINDOW = Duration.ofHours(10);
  private static final Duration NOW = Duration.ofMillis(1);

  private final MemoryConsumer consumer = new MemoryConsumer();

  @Test
  void beginsASliceBeforeTheWindow() {
    hold(0, 10_000, 6_000); // the window has 6,000 of them

    Collector collector = read(consumer);

    long begins =
        new WindowSlices(WINDOW.toMillis()).readingBegins(MemoryFeeds.START + 9_899 * 6_000L);
    long first = (begins - MemoryFeeds.START + 5_999) / 6_000;
    assertThat(first).isBetween(9_899 - 6_000 - 1_500L, 9_899 - 6_000 - 750L);
    assertThat(collector.status().events()).isEqualTo(10_000 - first);
  }

  @Test
  void readsAtLeastTheRecordsThatSayAtWhatTimeTheStreamStands() {
    hold(0, 3_000, 600_000); // the window has 60 of them

    Collector collector = read(consumer);

    assertThat(collector.status().events()).isEqualTo(1_000);
    assertThat(collector.snapshot().samples()).hasSizeBetween(160, 169); // 100 are in the tenth
  }

  @Test
  void readsARecordingFromItsBeginningThatWasWrittenToday() {
    for (long offset = 0; offset < 5_000; offset++) {
      consumer.holds(
          SOURCE,
          MemoryFeeds.record(
              offset, MemoryFeeds.START + 60_000 * offset, 2 * MemoryFeeds.START + offset));
    }

    assertThat(read(consumer).status().events()).isEqualTo(5_000);
  }

  @Test
  void findsTheRowsAgainThatATrainerHadThatRanOn() {
    hold(0, 4_000, 6_000);
    TopicFeed running = open(consumer);
    step(running);
    for (long offset = 4_000; offset < 30_000; offset++) {
      consumer.arrives(SOURCE, MemoryFeeds.timely(offset, 6_000));
      if (offset % 3_000 == 0) {
        step(running);
        running.collector().snapshot();
      }
    }
    step(running);

    var again = new MemoryConsumer();
    LongStream.range(0, 30_000)
        .forEach(offset -> again.holds(SOURCE, MemoryFeeds.timely(offset, 6_000)));
    Collector restarted = read(again);

    assertThat(restarted.status().events()).isLessThan(8_000);
    assertThat(rows(restarted)).isEqualTo(rows(running.collector())).hasSize(500);
    assertThat(restarted.snapshot().trainedOn().get("connections-0"))
        .isEqualTo(running.collector().snapshot().trainedOn().get("connections-0"));
  }

  private static List<String> rows(Collector collector) {
    return collector.snapshot().samples().stream()
        .map(row -> row.observation().event().coordinates() + " " + row.labelClass())
        .toList();
  }

  private static Collector read(MemoryConsumer consumer) {
    TopicFeed feed = open(consumer);
    step(feed);
    return feed.collector();
  }

  private static TopicFeed open(MemoryConsumer consumer) {
    TopicFeed feed =
        MemoryFeeds.feed(
            TrainerFixture.definition(new Training(Duration.ofHours(1), WINDOW, 100, 10, 500, 7)),
            consumer);
    feed.open();
    return feed;
  }

  private static void step(TopicFeed feed) {
    feed.step(NOW);
  }

  private void hold(long from, long to, long everyMillis) {
    for (long offset = from; offset < to; offset++) {
      consumer.holds(SOURCE, MemoryFeeds.timely(offset, everyMillis));
    }
  }
}

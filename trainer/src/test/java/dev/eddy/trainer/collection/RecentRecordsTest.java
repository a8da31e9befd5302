package dev.eddy.trainer.collection;

import static dev.eddy.trainer.TrainerFixture.at;
import static dev.eddy.trainer.TrainerFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.feature.Sample.Truth;
import org.junit.jupiter.api.Test;

class RecentRecordsTest {

  @Test
  void forgetsTheOldestBeyondItsNumber() {
    var recent = new RecentRecords(3, Long.MAX_VALUE);
    for (long offset = 0; offset < 5; offset++) {
      add(recent, offset, 1);
    }

    assertThat(recent.size()).isEqualTo(3);
    assertThat(recent.find(at(1))).isNull();
    assertThat(recent.find(at(2))).isNotNull();
  }

  @Test
  void forgetsTheOldestBeyondItsBytes() {
    var recent = new RecentRecords(100, 1_000);
    for (long offset = 0; offset < 5; offset++) {
      add(recent, offset, 400);
    }

    assertThat(recent.size()).isEqualTo(2);
    assertThat(recent.find(at(4))).isNotNull();
  }

  @Test
  void keepsTheNewestHoweverLargeItIs() {
    var recent = new RecentRecords(100, 1_000);
    add(recent, 0, 400);
    add(recent, 1, 5_000);

    assertThat(recent.size()).isEqualTo(1);
    assertThat(recent.find(at(1))).isNotNull();
  }

  private static void add(RecentRecords recent, long offset, int bytes) {
    recent.add(
        new SourceRecord(at(offset), null, new byte[bytes], 0),
        sample(offset, Truth.UNKNOWN, null).observation());
  }
}

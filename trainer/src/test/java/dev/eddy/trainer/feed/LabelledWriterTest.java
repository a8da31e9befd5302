package dev.eddy.trainer.feed;

import static dev.eddy.trainer.TrainerFixture.at;
import static dev.eddy.trainer.TrainerFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kafka.Topics;
import dev.eddy.schema.Verdict;
import dev.eddy.trainer.TrainerFixture;
import dev.eddy.trainer.collection.KnownLabel;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class LabelledWriterTest {
  private static final KnownLabel LABEL = new KnownLabel(Verdict.TRUE_ALARM, "dos", "ann", 1);
  private static final int REMEMBERED = 100;

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final LabelledWriter writer =
      new LabelledWriter(
          Topics.of(TrainerFixture.definition(TrainerFixture.TRAINING)), producer, REMEMBERED);

  @Test
  void remembersWhatItKeptLastAndForgetsTheOldest() {
    for (int offset = 0; offset <= REMEMBERED; offset++) {
      writer.keep(record(offset, null), LABEL);
    }
    producer.clear();

    writer.keep(record(REMEMBERED, null), LABEL);
    assertThat(producer.history()).as("known").isEmpty();

    writer.keep(record(0, null), LABEL);
    assertThat(producer.history()).as("forgotten, and so written again").hasSize(1);
  }

  @Test
  void remembersWhatIsGoneWithinTheSameBound() {
    for (int offset = 0; offset <= REMEMBERED; offset++) {
      writer.gone(at(offset), LABEL, "retention took it");
    }
    producer.clear();

    writer.gone(at(REMEMBERED), LABEL, "retention took it");
    assertThat(producer.history()).isEmpty();

    writer.gone(at(0), LABEL, "retention took it");
    assertThat(producer.history()).as("dead letter and mark").hasSize(2);
  }
}

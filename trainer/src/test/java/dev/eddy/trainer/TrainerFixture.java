package dev.eddy.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Labels;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.trainer.collection.SourceRecord;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small stream for tests: two numbers, one category, an inline label. */
public final class TrainerFixture {
  /** The source topic. */
  public static final String SOURCE = "connections";

  /** Trains after 100 records, keeps 1,000. */
  public static final Training TRAINING =
      new Training(Duration.ofHours(1), Duration.ofDays(7), 100, 10, 1_000, 7);

  private TrainerFixture() {}

  /** The stream with these rules of training. */
  public static StreamDefinition definition(Training training) {
    return StreamDefinition.of(
            "network",
            new Source(SOURCE, Format.JSON, "host", "ts", List.of()),
            List.of(
                Feature.number("duration"), Feature.number("bytes"), Feature.category("protocol")))
        .withLabels(new Labels("attack", List.of("normal"), null))
        .withTraining(training);
  }

  /** Where a record of partition 0 stands. */
  public static Coordinates at(long offset) {
    return new Coordinates(SOURCE, 0, offset);
  }

  /** A record of partition 0 as it comes from the topic, one second after the one before. */
  public static SourceRecord record(long offset, @Nullable String attack) {
    String label = attack == null ? "" : ",\"attack\":\"" + attack + "\"";
    String json =
        "{\"host\":\"h1\",\"ts\":%d,\"duration\":%d,\"bytes\":%d,\"protocol\":\"tcp\"%s}"
            .formatted(1_000 * offset, offset % 7, offset % 11, label);
    return new SourceRecord(at(offset), null, json.getBytes(UTF_8), 1_000 * offset);
  }

  /** A row of partition 0 with no context. */
  public static Sample sample(long offset, Truth truth, @Nullable String labelClass) {
    return sample(offset, (double) (offset % 7), (double) (offset % 11), truth, labelClass);
  }

  /** A row of partition 0 with these numbers and no context. */
  public static Sample sample(
      long offset, double duration, double bytes, Truth truth, @Nullable String labelClass) {
    return sample("h1", offset, duration, bytes, truth, labelClass);
  }

  /** A row of an entity, of partition 0, with these numbers and no context. */
  public static Sample sample(
      String entity,
      long offset,
      double duration,
      double bytes,
      Truth truth,
      @Nullable String labelClass) {
    var event =
        new Event(
            at(offset),
            entity,
            1_000 * offset,
            new double[] {duration, bytes},
            new String[] {"tcp"},
            null);
    return new Sample(new Observation(event, new double[0]), truth, labelClass);
  }
}

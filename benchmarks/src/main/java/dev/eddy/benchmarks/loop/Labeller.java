package dev.eddy.benchmarks.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.event.Coordinates;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.Label;
import dev.eddy.schema.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Somebody who labels, late: most anomalies but the flood, and a few normal records. Confined to
 * one thread.
 */
final class Labeller {
  private static final double ANOMALIES = 0.7;
  private static final double NORMAL = 0.01;

  private final String source;
  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final long delayMillis;
  private final Random random;
  private final SchemaJson<Label> json = SchemaJson.of(Label.class);
  private final Deque<Due> due = new ArrayDeque<>();
  private final Set<Long> sent = new HashSet<>();

  private record Due(long at, long offset, Verdict verdict, String kind) {}

  Labeller(
      String source, String topic, Producer<byte[], byte[]> producer, long delayMillis, long seed) {
    this.source = source;
    this.topic = topic;
    this.producer = producer;
    this.delayMillis = delayMillis;
    this.random = new Random(seed);
  }

  /** Hears of a record. */
  void saw(World.Line line, long offset, long now) {
    boolean labels =
        !line.poisonous() && random.nextDouble() < (line.anomalous() ? ANOMALIES : NORMAL);
    if (labels) {
      String kind = line.kind();
      due.add(
          kind == null
              ? new Due(now + delayMillis, offset, Verdict.EXPECTED, "normal")
              : new Due(now + delayMillis, offset, Verdict.TRUE_ALARM, kind));
    }
  }

  /** Labels what is due. */
  void label(long now) {
    while (!due.isEmpty() && due.peek().at() <= now) {
      send(due.remove(), now);
    }
  }

  private void send(Due next, long now) {
    var label =
        new Label(
            source,
            0,
            next.offset(),
            next.verdict(),
            next.verdict() == Verdict.TRUE_ALARM ? next.kind() : null,
            "bench",
            now);
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                new Coordinates(source, 0, next.offset()).toString().getBytes(UTF_8),
                json.write(label)));
    sent.add(next.offset());
  }

  /** Returns how many records were labelled. */
  int sent() {
    return sent.size();
  }
}

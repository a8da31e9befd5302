package dev.eddy.trainer.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.eddy.event.Coordinates;
import dev.eddy.kafka.Topics;
import dev.eddy.trainer.collection.Collector.LabelledSink;
import dev.eddy.trainer.collection.KnownLabel;
import dev.eddy.trainer.collection.SourceRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps labelled records on S.labelled beyond the retention of the source, and puts labels whose
 * record is gone on S.dead-letters, once. What is there with the same label already is not written
 * again; what the broker does not take is tried again with {@link #retry}. An instance belongs to
 * one thread.
 */
final class LabelledWriter implements LabelledSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LabelledWriter.class);
  private static final int MOST_REMEMBERED = 500_000;

  /** A labelled record may have a megabyte. */
  private static final int MOST_FAILED = 1_000;

  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final int mostRemembered;
  private final Map<Coordinates, KnownLabel> kept = new LinkedHashMap<>();
  private final Map<Coordinates, KnownLabel> gone = new LinkedHashMap<>();
  private final Queue<ProducerRecord<byte[], byte[]>> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  LabelledWriter(Topics topics, Producer<byte[], byte[]> producer) {
    this(topics, producer, MOST_REMEMBERED);
  }

  LabelledWriter(Topics topics, Producer<byte[], byte[]> producer, int mostRemembered) {
    this.mostRemembered = mostRemembered;
    this.topics = requireNonNull(topics, "topics");
    this.producer = requireNonNull(producer, "producer");
  }

  /** Notes that the topic holds this record with this label. */
  void isKept(Coordinates coordinates, KnownLabel label) {
    remember(kept, coordinates, label);
  }

  /** Notes that this label has its dead letter. */
  void isGone(Coordinates coordinates, KnownLabel label) {
    remember(gone, coordinates, label);
  }

  private void remember(
      Map<Coordinates, KnownLabel> labels, Coordinates coordinates, KnownLabel label) {
    labels.put(coordinates, label);
    if (labels.size() > mostRemembered) {
      var oldest = labels.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  @Override
  public void keep(SourceRecord record, KnownLabel label) {
    if (!label.equals(kept.get(record.coordinates()))) {
      isKept(record.coordinates(), label);
      send(LabelledRecords.write(topics.labelled(), record, label));
    }
  }

  @Override
  public void gone(Coordinates coordinates, KnownLabel label, String detail) {
    if (!label.equals(gone.get(coordinates))) {
      isGone(coordinates, label);
      send(LabelledRecords.deadLetter(topics.deadLetters(), coordinates, label, detail));
      send(LabelledRecords.goneMark(topics.labelled(), coordinates, label));
    }
  }

  @Override
  public void forget(Coordinates coordinates) {
    boolean known = kept.remove(coordinates) != null;
    known |= gone.remove(coordinates) != null;
    if (known) {
      send(LabelledRecords.tombstone(topics.labelled(), coordinates));
    }
  }

  /** Sends again what the broker did not take. */
  void retry() {
    for (int i = waiting.get(); i > 0; i--) {
      ProducerRecord<byte[], byte[]> record = failed.poll();
      if (record != null) {
        waiting.decrementAndGet();
        send(record);
      }
    }
  }

  /** Returns how many records wait to be sent again. */
  int waiting() {
    return waiting.get();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(
          record,
          (metadata, failure) -> {
            if (failure != null) {
              failed(record, failure);
            }
          });
    } catch (KafkaException e) { // thrown on: what was polled with this label would be lost
      failed(record, e);
    }
  }

  private void failed(ProducerRecord<byte[], byte[]> record, Exception reason) {
    if (reason instanceof RecordTooLargeException) {
      LOG.atError()
          .addKeyValue("topic", record.topic())
          .addKeyValue("coordinates", new String(record.key(), UTF_8))
          .setCause(reason)
          .log("a labelled record is too large to be kept, and lost when the source lets go of it");
      return;
    }
    boolean room = waiting.incrementAndGet() <= MOST_FAILED;
    if (room) {
      failed.add(record);
    } else {
      waiting.decrementAndGet();
    }
    LOG.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("triedAgain", room)
        .setCause(reason)
        .log("could not keep a labelled record");
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}

package dev.eddy.trainer.feed;

import static java.util.Objects.requireNonNull;

import dev.eddy.event.Coordinates;
import dev.eddy.trainer.collection.Collector.LabelledSink;
import dev.eddy.trainer.collection.KnownLabel;
import dev.eddy.trainer.collection.SourceRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps labelled records on S.labelled beyond the retention of the source. What is there with the
 * same label already is not written again. An instance belongs to one thread.
 */
final class LabelledWriter implements LabelledSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LabelledWriter.class);
  private static final int REMEMBERED = 500_000;

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Map<Coordinates, KnownLabel> kept = new LinkedHashMap<>();

  LabelledWriter(String topic, Producer<byte[], byte[]> producer) {
    this.topic = requireNonNull(topic, "topic");
    this.producer = requireNonNull(producer, "producer");
  }

  /** Notes that the topic holds this record with this label. */
  void isKept(Coordinates coordinates, KnownLabel label) {
    kept.put(coordinates, label);
    if (kept.size() > REMEMBERED) {
      var oldest = kept.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  @Override
  public void keep(SourceRecord record, KnownLabel label) {
    if (label.equals(kept.get(record.coordinates()))) {
      return;
    }
    send(record.coordinates(), LabelledRecords.write(topic, record, label));
    isKept(record.coordinates(), label);
  }

  @Override
  public void forget(Coordinates coordinates) {
    if (kept.remove(coordinates) != null) {
      send(coordinates, LabelledRecords.tombstone(topic, coordinates));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  private void send(Coordinates coordinates, ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure != null) {
            LOG.atWarn()
                .addKeyValue("coordinates", coordinates)
                .setCause(failure)
                .log("could not keep a labelled record");
          }
        });
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}

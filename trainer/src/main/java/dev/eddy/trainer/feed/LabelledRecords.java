package dev.eddy.trainer.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.event.Coordinates;
import dev.eddy.kafka.DeadLetterHeaders;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.Label;
import dev.eddy.schema.Verdict;
import dev.eddy.trainer.collection.KnownLabel;
import dev.eddy.trainer.collection.SourceRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How a labelled record stands on the topic S.labelled: the key is its coordinates, the value and
 * the timestamp are the source's, and headers hold the label and the source's key.
 */
final class LabelledRecords {
  static final String VERDICT = "eddy-label-verdict";
  static final String CLASS = "eddy-label-class";
  static final String WHO = "eddy-label-who";
  static final String TIMESTAMP = "eddy-label-timestamp";
  static final String GONE = "eddy-label-gone";
  static final String SOURCE_KEY = "eddy-source-key";

  /** Reason of a dead letter: a label whose record is nowhere any more. */
  static final String LABEL_GONE = "LABEL_GONE";

  private static final SchemaJson<Label> LABELS = SchemaJson.of(Label.class);

  private LabelledRecords() {}

  static ProducerRecord<byte[], byte[]> write(String topic, SourceRecord record, KnownLabel label) {
    var written =
        new ProducerRecord<>(
            topic,
            null,
            Math.max(0, record.timestamp()),
            record.coordinates().toString().getBytes(UTF_8),
            record.value());
    put(written.headers(), label);
    if (record.key() != null) {
      written.headers().add(SOURCE_KEY, record.key());
    }
    return written;
  }

  private static void put(Headers headers, KnownLabel label) {
    headers.add(VERDICT, label.verdict().name().getBytes(UTF_8));
    headers.add(WHO, label.who().getBytes(UTF_8));
    headers.add(TIMESTAMP, Long.toString(label.timestamp()).getBytes(UTF_8));
    if (label.labelClass() != null) {
      headers.add(CLASS, label.labelClass().getBytes(UTF_8));
    }
  }

  /** A label without its record: what is marked so has its dead letter already. */
  static ProducerRecord<byte[], byte[]> goneMark(
      String topic, Coordinates coordinates, KnownLabel label) {
    var written = new ProducerRecord<>(topic, coordinates.toString().getBytes(UTF_8), new byte[0]);
    put(written.headers(), label);
    written.headers().add(GONE, "true".getBytes(UTF_8));
    return written;
  }

  static boolean isGoneMark(Headers headers) {
    return headers.lastHeader(GONE) != null;
  }

  /**
   * The label as it stands on the labels topic, with headers that say what became of its record.
   */
  static ProducerRecord<byte[], byte[]> deadLetter(
      String topic, Coordinates coordinates, KnownLabel label, String detail) {
    var said =
        new Label(
            coordinates.topic(),
            coordinates.partition(),
            coordinates.offset(),
            label.verdict(),
            label.labelClass(),
            label.who(),
            label.timestamp());
    var written =
        new ProducerRecord<>(topic, coordinates.toString().getBytes(UTF_8), LABELS.write(said));
    DeadLetterHeaders.put(written.headers(), coordinates, LABEL_GONE, detail);
    return written;
  }

  static ProducerRecord<byte[], byte[]> tombstone(String topic, Coordinates coordinates) {
    return new ProducerRecord<>(topic, coordinates.toString().getBytes(UTF_8), null);
  }

  /**
   * Reads the label.
   *
   * @throws IllegalArgumentException if a header is missing or makes no sense
   */
  static KnownLabel label(Headers headers) {
    String labelClass = text(headers, CLASS);
    return new KnownLabel(
        Verdict.valueOf(require(headers, VERDICT)),
        labelClass,
        require(headers, WHO),
        Long.parseLong(require(headers, TIMESTAMP)));
  }

  /**
   * Reads the source record.
   *
   * @throws IllegalArgumentException if the key is no coordinates
   */
  static SourceRecord record(ConsumerRecord<byte[], byte[]> record) {
    Header sourceKey = record.headers().lastHeader(SOURCE_KEY);
    return new SourceRecord(
        Coordinates.parse(new String(record.key(), UTF_8)),
        sourceKey == null ? null : sourceKey.value(),
        record.value(),
        record.timestamp());
  }

  private static String require(Headers headers, String name) {
    String text = text(headers, name);
    if (text == null) {
      throw new IllegalArgumentException("labelled record must have the header " + name);
    }
    return text;
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}

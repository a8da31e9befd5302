package dev.eddy.stream.topology;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes dead letters: the record as it came, with headers that say why and where it stood. */
final class DeadLetters {
  static final String REASON = "eddy-error-reason";
  static final String DETAIL = "eddy-error-detail";
  static final String TOPIC = "eddy-error-topic";
  static final String PARTITION = "eddy-error-partition";
  static final String OFFSET = "eddy-error-offset";

  /** Reason of a synthetic record that came back into the source topic. */
  static final String SYNTHETIC = "SYNTHETIC";

  /** Reason of a record that the model cannot score while it scores others. */
  static final String UNSCORABLE = "UNSCORABLE";

  private DeadLetters() {}

  /** Returns every reason that there is. */
  static List<String> reasons() {
    return Stream.concat(
            Arrays.stream(Malformed.Reason.values()).map(Enum::name),
            Stream.of(SYNTHETIC, UNSCORABLE))
        .toList();
  }

  static Record<byte @Nullable [], byte @Nullable []> of(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long timestamp,
      Headers received,
      Coordinates coordinates,
      String reason,
      String detail) {
    var headers = new RecordHeaders(received);
    put(headers, REASON, reason);
    put(headers, DETAIL, detail);
    put(headers, TOPIC, coordinates.topic());
    put(headers, PARTITION, Integer.toString(coordinates.partition()));
    put(headers, OFFSET, Long.toString(coordinates.offset()));
    return new Record<>(key, value, timestamp, headers);
  }

  /** A dead letter that comes around again must not have two reasons. */
  private static void put(RecordHeaders headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.eddy.stream.topology;

import dev.eddy.event.Coordinates;
import dev.eddy.event.Malformed;
import dev.eddy.kafka.DeadLetterHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes dead letters: the record as it came, with headers that say why and where it stood. */
final class DeadLetters {
  /** Reason of a synthetic record that came back into the source topic. */
  static final String SYNTHETIC = "SYNTHETIC";

  /** Reason of a record that the model cannot score while it scores others. */
  static final String UNSCORABLE = "UNSCORABLE";

  /**
   * What a broker and a producer take by default is 1 MiB with all headers; compressed, a source
   * record may have more. A dead letter that cannot be sent would stop the stream over and over.
   */
  private static final long MOST_BYTES = 1_000_000;

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
    boolean fits = size(key) + size(value) + size(received) <= MOST_BYTES;
    if (fits) {
      DeadLetterHeaders.put(headers, coordinates, reason, detail);
      return new Record<>(key, value, timestamp, headers);
    }
    var few = new RecordHeaders();
    DeadLetterHeaders.put(
        few,
        coordinates,
        reason,
        "%s; left out: key, value and headers, of %d, %d and %d bytes"
            .formatted(detail, size(key), size(value), size(received)));
    return new Record<>(null, null, timestamp, few);
  }

  private static long size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static long size(Headers headers) {
    long size = 0;
    for (Header header : headers) {
      size += header.key().length() + size(header.value());
    }
    return size;
  }
}

package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.event.Coordinates;
import org.apache.kafka.common.header.Headers;

/** The headers of every dead letter: why it is one, and where the record stood. */
public final class DeadLetterHeaders {
  /** One word of the reference page. */
  public static final String REASON = "eddy-error-reason";

  /** What was found, for people. */
  public static final String DETAIL = "eddy-error-detail";

  /** Topic of the record that the letter is about. */
  public static final String TOPIC = "eddy-error-topic";

  /** Its partition. */
  public static final String PARTITION = "eddy-error-partition";

  /** Its offset. */
  public static final String OFFSET = "eddy-error-offset";

  private DeadLetterHeaders() {}

  /** Adds them; a dead letter that comes around again does not get two reasons. */
  public static void put(Headers headers, Coordinates coordinates, String reason, String detail) {
    put(headers, REASON, reason);
    put(headers, DETAIL, detail);
    put(headers, TOPIC, coordinates.topic());
    put(headers, PARTITION, Integer.toString(coordinates.partition()));
    put(headers, OFFSET, Long.toString(coordinates.offset()));
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(UTF_8));
  }
}

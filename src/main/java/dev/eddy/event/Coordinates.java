package dev.eddy.event;

import static java.util.Objects.requireNonNull;

/**
 * Where a record stands in Kafka. Its text form, {@code topic-partition-offset}, is the key of
 * labels and the id of alerts.
 */
public record Coordinates(String topic, int partition, long offset) {

  /** Checks that the topic is there. */
  public Coordinates {
    requireNonNull(topic, "topic");
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Coordinates parse(String text) {
    int second = text.lastIndexOf('-');
    int first = text.lastIndexOf('-', second - 1);
    if (first <= 0) {
      throw new IllegalArgumentException(
          "coordinates must read topic-partition-offset, got " + text);
    }
    try {
      return new Coordinates(
          text.substring(0, first),
          Integer.parseInt(text, first + 1, second, 10),
          Long.parseLong(text, second + 1, text.length(), 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "coordinates must read topic-partition-offset, got " + text, e);
    }
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "-" + offset;
  }
}

package dev.eddy.benchmarks.detection;

import dev.eddy.evaluation.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What the detector is told of the rows that it learns from.
 *
 * @param name as users write it
 * @param labelledShare share of the training anomalies whose label is known
 */
record Setting(String name, Protocol protocol, double labelledShare) {
  private static final String LABELLED = "labelled-";

  /**
   * Reads a name: contaminated, one-class, or labelled-P with P in percent.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Setting of(String name) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol != Protocol.LABELLED && protocol.word().equals(name)) {
        return new Setting(name, protocol, 0);
      }
    }
    try {
      double percent =
          Double.parseDouble(name.startsWith(LABELLED) ? name.substring(LABELLED.length()) : "0");
      if (percent > 0 && percent <= 100) {
        return new Setting(name, Protocol.LABELLED, percent / 100);
      }
    } catch (NumberFormatException e) {
      throw wrong(name, e);
    }
    throw wrong(name, null);
  }

  private static IllegalArgumentException wrong(String name, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "--settings must be of contaminated, one-class and labelled-P with P in percent, got "
            + name,
        cause);
  }

  /** Returns whether this setting compares with a column of the published figures. */
  boolean compares(String column) {
    int at = column.indexOf('@');
    return switch (protocol) {
      case CONTAMINATED -> at < 0;
      case LABELLED ->
          at >= 0 && column.endsWith("@%d%%".formatted(Math.round(labelledShare * 100)));
      case ONE_CLASS -> false;
    };
  }
}

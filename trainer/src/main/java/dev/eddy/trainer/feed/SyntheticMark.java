package dev.eddy.trainer.feed;

import org.apache.kafka.common.header.Headers;

/**
 * The header of records that Eddy generated. Whatever carries it, on whichever topic, never becomes
 * a row to train on.
 */
final class SyntheticMark {
  private static final String HEADER = "eddy-synthetic";

  private SyntheticMark() {}

  static boolean isOn(Headers headers) {
    return headers.lastHeader(HEADER) != null;
  }
}

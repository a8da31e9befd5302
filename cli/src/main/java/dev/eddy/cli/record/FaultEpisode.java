package dev.eddy.cli.record;

import java.time.Duration;

/**
 * A planned fault.
 *
 * @param id number within the recording, from 1
 * @param kind what goes wrong
 * @param start time from the start of the recording
 * @param length how long the fault stays on
 */
public record FaultEpisode(int id, FaultKind kind, Duration start, Duration length) {

  /** When the fault ends, from the start of the recording. */
  public Duration end() {
    return start.plus(length);
  }
}

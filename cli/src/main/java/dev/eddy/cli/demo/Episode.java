package dev.eddy.cli.demo;

import dev.eddy.event.Coordinates;
import java.util.ArrayList;
import java.util.List;

/**
 * One injected fault on one host, as recorded: what an alert should point to. Its records are added
 * as they are written to the source topic. Guarded by the {@link GroundTruth} that it belongs to.
 */
final class Episode {
  private final String host;
  private final String fault;
  private final List<Coordinates> records = new ArrayList<>();
  private volatile boolean alerted;

  Episode(String host, String fault) {
    this.host = host;
    this.fault = fault;
  }

  String host() {
    return host;
  }

  String fault() {
    return fault;
  }

  List<Coordinates> records() {
    return records;
  }

  boolean alerted() {
    return alerted;
  }

  void markAlerted() {
    alerted = true;
  }
}

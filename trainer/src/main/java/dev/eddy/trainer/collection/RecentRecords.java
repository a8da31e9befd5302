package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import dev.eddy.feature.Observation;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last records of the source with what their context made of them, so that a label that comes
 * later finds them. Bounded in number and in bytes; the oldest go first.
 */
final class RecentRecords {

  /** A record and its observation. */
  record Recent(SourceRecord record, Observation observation) {}

  private final int maximumRecords;
  private final long maximumBytes;
  private final Map<Coordinates, Recent> records = new LinkedHashMap<>();
  private long bytes;

  RecentRecords(int maximumRecords, long maximumBytes) {
    this.maximumRecords = maximumRecords;
    this.maximumBytes = maximumBytes;
  }

  void add(SourceRecord record, Observation observation) {
    Recent replaced = records.put(record.coordinates(), new Recent(record, observation));
    bytes += record.contentBytes() - (replaced == null ? 0 : replaced.record().contentBytes());
    Iterator<Recent> oldest = records.values().iterator();
    while (records.size() > maximumRecords || (bytes > maximumBytes && records.size() > 1)) {
      bytes -= oldest.next().record().contentBytes();
      oldest.remove();
    }
  }

  @Nullable Recent find(Coordinates coordinates) {
    return records.get(coordinates);
  }

  int size() {
    return records.size();
  }
}

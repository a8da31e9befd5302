package dev.eddy.evaluation;

import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.event.Event;
import dev.eddy.event.TableException;
import dev.eddy.event.TableRow;
import dev.eddy.event.ValueText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reading finds in the columns of the entity and of the time. */
final class SeriesColumns {
  /** Times of numbers below that are hardly any: seconds since 1970 until September 2001. */
  private static final Instant HARDLY = Instant.ofEpochSecond(1_000_000_000);

  private final @Nullable String entity;
  private final @Nullable String timestamp;
  private final Map<String, Gap> gaps = new LinkedHashMap<>();
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;
  private boolean numbers;

  private record Gap(long rows, long firstLine) {
    Gap and(Gap next) {
      return new Gap(rows + next.rows, firstLine);
    }
  }

  SeriesColumns(Source source) {
    this.entity = source.entity();
    this.timestamp = source.timestamp();
  }

  /** Returns whether a row has no value where it needs one; counts it. */
  boolean lackIn(TableRow row) {
    boolean lack = false;
    if (entity != null) {
      String name = row.text(entity);
      lack = (name == null || name.isBlank()) && note(entity, row);
    }
    if (timestamp != null) {
      String time = row.text(timestamp);
      if (time == null || ValueText.isMissing(time)) {
        return note(timestamp, row);
      }
      numbers |= !Double.isNaN(ValueText.number(time));
    }
    return lack;
  }

  private boolean note(String column, TableRow row) {
    gaps.merge(column, new Gap(1, row.line()), Gap::and);
    return true;
  }

  /** Notes the time of an event. */
  void add(Event event) {
    firstMillis = Math.min(firstMillis, event.timestampMillis());
    lastMillis = Math.max(lastMillis, event.timestampMillis());
  }

  /**
   * Refuses a file of which a row lacks its entity or its time.
   *
   * @param rows that were read
   */
  void requireComplete(Path file, long rows) {
    for (String column : gaps.keySet()) {
      Gap gap = gaps.get(column);
      if (gap != null && gap.rows < rows) { // where none has one, the column is not there at all
        throw new TableException(
            "%s column %s must hold %s in each row, found none in %,d of %,d rows, the first in line %d"
                .formatted(
                    file,
                    column,
                    column.equals(timestamp) ? "a time" : "an entity",
                    gap.rows,
                    rows,
                    gap.firstLine));
      }
    }
  }

  /** Returns what a person should know of the column of the time; nothing where there is none. */
  Map<String, String> used() {
    if (timestamp == null || lastMillis < firstMillis) {
      return Map.of();
    }
    Instant last = Instant.ofEpochMilli(lastMillis);
    String text = "is the time, from %s to %s".formatted(Instant.ofEpochMilli(firstMillis), last);
    return Map.of(
        timestamp,
        numbers && last.isBefore(HARDLY) ? text + ", as seconds since 1970; is it one?" : text);
  }
}

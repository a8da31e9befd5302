package dev.eddy.stream.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest alerts of the alerts topic, of all instances and from before this process began.
 * Bounded. Safe for use by several threads.
 */
public final class AlertLog {
  private static final Logger LOG = LoggerFactory.getLogger(AlertLog.class);

  /** Alerts that are kept. */
  public static final int CAPACITY = 500;

  private static final Comparator<Entry> OLDEST_FIRST =
      Comparator.comparingLong((Entry entry) -> entry.alert().path("timestamp").asLong())
          .thenComparingLong(Entry::number);

  private final ObjectMapper json;
  private final Map<String, Entry> entries = new LinkedHashMap<>(); // by id, as they came
  private long last;

  /** An alert as it stands on the topic, and its number in this process. */
  record Entry(long number, JsonNode alert) {}

  /** Makes an empty log. */
  public AlertLog(ObjectMapper json) {
    this.json = json;
  }

  /** Adds an alert as it stands on the topic; what cannot be read is left out. */
  public void add(byte[] alert) {
    try {
      add(json.readTree(alert));
    } catch (JsonProcessingException e) {
      LOG.atWarn().log("alerts topic holds a value that is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("reading from an array cannot fail", e);
    }
  }

  /** An alert that is here already came once more: the topic is read again after an error. */
  private synchronized void add(JsonNode alert) {
    String id = alert.path("id").asText();
    if (entries.putIfAbsent(id, new Entry(last + 1, alert)) == null) {
      last++;
      if (entries.size() > CAPACITY) {
        entries.values().stream()
            .filter(entry -> entry.number() < last) // clocks differ, and the new one is to be seen
            .min(OLDEST_FIRST)
            .ifPresent(oldest -> entries.remove(oldest.alert().path("id").asText()));
      }
    }
  }

  /** Returns the latest alerts by event time, newest first, whatever partition they came from. */
  public synchronized List<JsonNode> latest(int limit) {
    return entries.values().stream()
        .sorted(OLDEST_FIRST.reversed())
        .limit(limit)
        .map(Entry::alert)
        .toList();
  }

  /** Returns the alerts that came after a number, oldest first. */
  synchronized List<Entry> after(long number) {
    return entries.values().stream().filter(entry -> entry.number() > number).toList();
  }

  /** Returns the number of the last alert; 0: none came yet. */
  synchronized long lastNumber() {
    return last;
  }
}

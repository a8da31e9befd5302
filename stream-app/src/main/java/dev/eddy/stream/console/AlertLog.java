package dev.eddy.stream.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
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

  private final ObjectMapper json;
  private final Deque<Entry> entries = new ArrayDeque<>();
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

  private synchronized void add(JsonNode alert) {
    entries.addLast(new Entry(++last, alert));
    if (entries.size() > CAPACITY) {
      entries.removeFirst();
    }
  }

  /** Returns the latest alerts, newest first. */
  public synchronized List<JsonNode> latest(int limit) {
    List<JsonNode> latest = new ArrayList<>();
    var newestFirst = entries.descendingIterator();
    while (newestFirst.hasNext() && latest.size() < limit) {
      latest.add(newestFirst.next().alert());
    }
    return Collections.unmodifiableList(latest);
  }

  /** Returns the alerts that came after a number, oldest first. */
  synchronized List<Entry> after(long number) {
    return entries.stream().filter(entry -> entry.number() > number).toList();
  }

  /** Returns the number of the last alert; 0: none came yet. */
  synchronized long lastNumber() {
    return last;
  }
}

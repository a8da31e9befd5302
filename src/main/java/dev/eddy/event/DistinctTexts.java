package dev.eddy.event;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each text of a column comes, of the first so many different ones. Memory is bounded for
 * each column and for all columns of a file together, however many and however long their texts
 * are. An instance belongs to one thread.
 */
public final class DistinctTexts {
  /** Characters by which a longer text is told from others, beside its length and its hash. */
  private static final int TOLD_BY = 256;

  /** Bytes that an entry takes beside its characters. */
  private static final long ENTRY = 100;

  private final int most;
  private final Room room;
  private final Map<String, Integer> counts = new HashMap<>();
  private long counted;
  private boolean full;

  /** The memory that the columns of one file share: what one takes, the others do not have. */
  public static final class Room {
    private static final long BYTES = 256L << 20;

    private long left;

    /** Makes room of 256 MiB. */
    public Room() {
      this(BYTES);
    }

    Room(long bytes) {
      this.left = bytes;
    }

    private boolean take(String text) {
      long bytes = ENTRY + text.length();
      if (bytes > left) {
        return false;
      }
      left -= bytes;
      return true;
    }
  }

  /** Counts up to so many different texts. */
  public DistinctTexts(int most, Room room) {
    this.most = most;
    this.room = room;
  }

  /** Counts a text, if it is one of those that are kept or there is place for it. */
  public void add(String text) {
    String key =
        text.length() <= TOLD_BY
            ? text
            : "%s %d %x".formatted(text.substring(0, TOLD_BY), text.length(), text.hashCode());
    if (counts.containsKey(key)) {
      counts.merge(key, 1, Integer::sum);
      counted++;
    } else if (counts.size() < most && room.take(key)) {
      counts.put(key, 1);
      counted++;
    } else {
      full = true;
    }
  }

  /** Returns how many different texts are kept. */
  public int size() {
    return counts.size();
  }

  /** Returns how often those that are kept came, all together. */
  public long counted() {
    return counted;
  }

  /** Returns whether there were others, for which there was no place. */
  public boolean isFull() {
    return full;
  }

  /** Returns how often each one came; of a text of more than 256 characters the beginning. */
  public Map<String, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }
}

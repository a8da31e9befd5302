package dev.eddy.benchmarks.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.ModelEvent;
import dev.eddy.schema.ModelVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What happened, in order: the records of the models topic as they were written, and what the world
 * and the benchmark did in between. Safe for use by several threads.
 */
final class Story {
  private static final String VERDICT = "verdict/";
  private static final String CHAMPION = "champion";

  private final SchemaJson<ModelVerdict> verdicts = SchemaJson.of(ModelVerdict.class);
  private final SchemaJson<ModelEvent> events = SchemaJson.of(ModelEvent.class);
  private final LongSupplier startMillis;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One thing that happened.
   *
   * @param millis since the run began; below 0: before the first champion
   * @param version that it is about; empty for the world
   * @param trigger why that version was trained; empty where nothing was
   */
  record Entry(long millis, String event, String version, String trigger, String detail) {
    String line() {
      return String.format(
          Locale.ROOT,
          "%3d:%02d  %-9s %-10s %s%s",
          Math.max(0, millis) / 60_000,
          Math.max(0, millis) / 1_000 % 60,
          event,
          version,
          trigger.isEmpty() ? "" : "[" + trigger + "] ",
          detail);
    }
  }

  /**
   * Begins.
   *
   * @param startMillis when the run began, since the epoch; 0: not yet
   */
  Story(LongSupplier startMillis) {
    this.startMillis = startMillis;
  }

  /** Takes a record of the models topic; only verdicts, and aliases that people set, are told. */
  void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    String key = new String(record.key(), UTF_8);
    if (key.startsWith(VERDICT)) {
      ModelVerdict verdict = verdicts.read(record.value());
      String word = verdict.getPromoted() ? "wins" : "refused";
      add(
          record.timestamp(),
          word,
          verdict.getVersion(),
          verdict.getTrigger(),
          verdict.getReason());
    } else if (key.equals(CHAMPION)) {
      ModelEvent event = events.read(record.value());
      if (!event.getWho().equals("trainer")) {
        String detail = "%s, says %s".formatted(event.getReason(), event.getWho());
        add(record.timestamp(), CHAMPION, event.getVersion(), "", detail);
      }
    }
  }

  /** Tells what the benchmark saw or did now. */
  void tell(String event, String version, String detail) {
    add(System.currentTimeMillis(), event, version, "", detail);
  }

  private synchronized void add(
      long at, String event, String version, String trigger, String detail) {
    long start = startMillis.getAsLong();
    entries.add(new Entry(start == 0 ? 0 : at - start, event, version, trigger, detail));
  }

  /** Returns everything by time. */
  synchronized List<Entry> entries() {
    return entries.stream().sorted(Comparator.comparingLong(Entry::millis)).toList();
  }
}

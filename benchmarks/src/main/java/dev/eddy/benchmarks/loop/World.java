package dev.eddy.benchmarks.loop;

import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose truth is known: telemetry of {@value #HOSTS} hosts, whose load follows two hidden
 * causes. What happens depends on the share of the run that has passed:
 *
 * <ul>
 *   <li>from the start, one record in a hundred is a {@code burst}: traffic without its cause;
 *   <li>from {@value #NEW_CLASS} on, as many are a {@code leak}, a class that nobody has seen;
 *   <li>from {@value #DRIFT} to {@value #DRIFTED}, the hosts move to another level, for good;
 *   <li>between {@value #POISON} and {@value #POISONED}, one record in four is a {@code flood} that
 *       nobody labels.
 * </ul>
 */
final class World {
  static final double NEW_CLASS = 0.35;
  static final double DRIFT = 0.5;
  static final double DRIFTED = 0.58;
  static final double POISON = 0.7;
  static final double POISONED = 0.78;
  private static final int HOSTS = 8;
  private static final double RARE = 0.01;
  private static final double FLOOD = 0.25;

  private final Random random;
  private long number;

  /** What changes, in order, and when. */
  enum Turn {
    /** A class that nobody has seen. */
    CLASS(NEW_CLASS, "a class appears that nobody has seen: leak"),
    /** The normal records move. */
    LEVEL(DRIFT, "the hosts begin to move to another level"),
    /** They have moved. */
    LEVEL_REACHED(DRIFTED, "the hosts have moved"),
    /** Poison. */
    FLOOD_BEGINS(POISON, "one record in four is a flood that nobody labels"),
    /** No poison any more. */
    FLOOD_ENDS(POISONED, "the flood is over");

    private final double at;
    private final String text;

    Turn(double at, String text) {
      this.at = at;
      this.text = text;
    }

    /** Returns the share of the run. */
    double at() {
      return at;
    }

    /** Returns what happens, for people. */
    String text() {
      return text;
    }
  }

  World(long seed) {
    this.random = new Random(seed);
  }

  /**
   * One record.
   *
   * @param kind its class; null: it is normal
   */
  record Line(String host, String json, @Nullable String kind) {
    boolean anomalous() {
      return kind != null;
    }

    boolean poisonous() {
      return "flood".equals(kind);
    }
  }

  /**
   * Returns the next record.
   *
   * @param passed share of the run
   * @param timestamp its event time
   */
  Line next(double passed, long timestamp) {
    return line(kind(passed), shift(passed), timestamp);
  }

  /** Returns the kinds of anomalies by then that somebody labels. */
  static Set<String> kinds(double passed) {
    return passed < NEW_CLASS ? Set.of("burst") : Set.of("burst", "leak");
  }

  /** Returns a record of a sample to measure by: as the world is then, with more anomalies. */
  Line probe(double passed, long timestamp) {
    double draw = random.nextDouble();
    String kind = draw < 0.04 ? "burst" : draw < 0.08 && passed >= NEW_CLASS ? "leak" : null;
    return line(isFlood(passed, draw) ? "flood" : kind, shift(passed), timestamp);
  }

  private static boolean isFlood(double passed, double draw) {
    return passed >= POISON && passed < POISONED && draw > 1 - FLOOD;
  }

  private @Nullable String kind(double passed) {
    double draw = random.nextDouble();
    if (isFlood(passed, draw)) {
      return "flood";
    }
    if (draw < RARE) {
      return "burst";
    }
    return draw < 2 * RARE && passed >= NEW_CLASS ? "leak" : null;
  }

  private static double shift(double passed) {
    return Math.max(0, Math.min(1, (passed - DRIFT) / (DRIFTED - DRIFT)));
  }

  private Line line(@Nullable String kind, double shift, long timestamp) {
    int host = (int) (number++ % HOSTS);
    double load = random.nextGaussian();
    double traffic = random.nextGaussian();
    double cpu = 40 + 3 * host + 8 * load + 4 * shift + random.nextGaussian();
    double memory = 60 + 2 * load + 1.5 * shift + 1.5 * random.nextGaussian();
    double in = Math.exp(6 + 0.4 * traffic + 0.15 * shift + 0.05 * random.nextGaussian());
    double out = 0.8 * in * Math.exp(0.05 * random.nextGaussian());
    double latency = 20 + 4 * load + 3 * traffic + 2 * shift + random.nextGaussian();
    double errors = Math.abs(random.nextGaussian());
    if ("burst".equals(kind)) {
      out *= 1.12 + 0.3 * random.nextDouble();
    } else if ("leak".equals(kind)) {
      memory += 5 + 4 * random.nextDouble();
      cpu -= 7;
    } else if ("flood".equals(kind)) {
      in *= 12;
      errors += 25;
      latency += 60;
    }
    String json =
        String.format(
            Locale.ROOT,
            "{\"host\":\"host-%d\",\"ts\":%d,\"cpu\":%.2f,\"memory\":%.2f,\"in\":%.1f,"
                + "\"out\":%.1f,\"latency\":%.2f,\"errors\":%.2f}",
            host,
            timestamp,
            cpu,
            memory,
            in,
            out,
            latency,
            errors);
    return new Line("host-" + host, json, kind);
  }
}

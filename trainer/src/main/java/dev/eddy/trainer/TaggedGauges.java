package dev.eddy.trainer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gauges of one name that differ in one tag. Each is registered once and only its value changes:
 * Micrometer's own {@code MultiGauge} replaces its rows, and a scrape in between finds one twice.
 * What is no longer set shows NaN; beyond {@value #MOST} tags it goes altogether, for classes of
 * labels come and go for as long as a trainer runs.
 */
final class TaggedGauges {
  static final int MOST = 500;

  private final MeterRegistry meters;
  private final String name;
  private final String tag;
  private final Tags fixed;
  private final Map<String, Double> values = new ConcurrentHashMap<>();
  private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();

  TaggedGauges(MeterRegistry meters, String name, String tag) {
    this(meters, name, tag, Tags.empty());
  }

  /**
   * Makes gauges without values.
   *
   * @param fixed tags that all of them have
   */
  TaggedGauges(MeterRegistry meters, String name, String tag, Tags fixed) {
    this.fixed = fixed;
    this.meters = meters;
    this.name = name;
    this.tag = tag;
  }

  /** Sets the values of now, by tag. */
  void set(Map<String, ? extends Number> figures) {
    values.replaceAll((key, value) -> figures.containsKey(key) ? value : Double.NaN);
    figures.forEach(
        (key, figure) -> {
          if (values.put(key, figure.doubleValue()) == null) {
            gauges.put(
                key,
                Gauge.builder(name, values, map -> map.getOrDefault(key, Double.NaN))
                    .tags(fixed)
                    .tag(tag, key)
                    .register(meters));
          }
        });
    if (values.size() > MOST) {
      List.copyOf(values.keySet()).stream()
          .filter(key -> !figures.containsKey(key))
          .forEach(this::remove);
    }
  }

  private void remove(String key) {
    values.remove(key);
    Gauge gauge = gauges.remove(key);
    if (gauge != null) {
      meters.remove(gauge);
    }
  }
}

package dev.eddy.stream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the balancer does, by class of the declared balance: {@code eddy.balancer.requested}, {@code
 * eddy.balancer.deficit} and {@code eddy.balancer.held}. Safe for use by several threads.
 */
public final class BalanceMetrics {
  private final MeterRegistry registry;
  private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

  /** Registers nothing yet: a class's meters come with its first figure. */
  public BalanceMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts records that were asked for. */
  public void requested(String labelClass, int rows) {
    Counter.builder("eddy.balancer.requested")
        .description("Synthetic records that the balancer asked for")
        .tag("class", labelClass)
        .register(registry)
        .increment(rows);
  }

  /** Shows how many records a class lacks that were not asked for yet. */
  public void deficit(String labelClass, long rows) {
    gauge("eddy.balancer.deficit", "Synthetic records that a class lacks", labelClass).set(rows);
  }

  /** Shows whether something keeps the balancer from asking. */
  public void held(String labelClass, boolean held) {
    gauge("eddy.balancer.held", "1 while a class lacks records that may not be made", labelClass)
        .set(held ? 1 : 0);
  }

  private AtomicLong gauge(String name, String description, String labelClass) {
    return gauges.computeIfAbsent(
        name + ' ' + labelClass,
        key -> {
          AtomicLong value = new AtomicLong();
          Gauge.builder(name, value, AtomicLong::doubleValue)
              .description(description)
              .tag("class", labelClass)
              .register(registry);
          return value;
        });
  }
}

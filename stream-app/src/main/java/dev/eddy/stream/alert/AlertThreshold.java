package dev.eddy.stream.alert;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.scoring.Explanation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The score that one record must reach to raise an alert by itself: {@code -ln(half the budget per
 * period / expected records per period)}. Since scores are -ln of a p-value, that many normal
 * records per period reach it, over all entities and partitions. The other half of the budget is
 * for records that are unusual only together, see {@link AlertPolicy}.
 *
 * <p>The expected number comes from the {@link RecordRate}s of the partitions that this process
 * reads; one of them that is empty counts as such, and partitions that other processes read are
 * taken to be like these. Safe for use by several threads.
 */
public final class AlertThreshold {
  /** Whatever the budget, for what is normal nobody is called. */
  public static final double MINIMUM = Explanation.NORMAL;

  /** Share of the budget that single records may use. */
  private static final double SINGLE_RECORDS = 0.5;

  private final StreamDefinition.Alerts alerts;
  private final Map<Integer, Double> perMinute = new ConcurrentHashMap<>();
  private volatile int partitions = 1;
  private volatile double threshold = MINIMUM;

  /** Makes the threshold of a budget; {@link #MINIMUM} until a rate is known. */
  public AlertThreshold(StreamDefinition.Alerts alerts) {
    this.alerts = alerts;
  }

  /** Says how many partitions the source topic has; 1 unless told. */
  public void partitions(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("partitions must be >= 1, got " + count);
    }
    partitions = count;
    update();
  }

  /** Says that this process reads a partition: it counts as empty until its rate is known. */
  void reads(int partition) {
    perMinute.putIfAbsent(partition, 0.0);
    update();
  }

  /** Takes a partition's records per minute of event time. */
  void rate(int partition, double recordsPerMinute) {
    perMinute.put(partition, recordsPerMinute);
    update();
  }

  /** Forgets a partition that another process reads from now on. */
  void forget(int partition) {
    perMinute.remove(partition);
    update();
  }

  private void update() {
    double sum = 0;
    int known = 0;
    for (double rate : perMinute.values()) {
      sum += rate;
      known++;
    }
    if (sum > 0) {
      double minutes = alerts.budgetPeriod().toMillis() / 60_000.0;
      double expected = sum * Math.max(partitions, known) / known * minutes;
      threshold = Math.max(MINIMUM, -Math.log(SINGLE_RECORDS * alerts.budget() / expected));
    }
  }

  /** Returns the threshold now. */
  public double current() {
    return threshold;
  }
}

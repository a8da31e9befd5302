package dev.eddy.stream.metrics;

import static java.util.Objects.requireNonNull;

import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.schema.Severity;
import dev.eddy.scoring.CalibrationWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every meter of the stream-app; {@code docs/metrics.md} lists the same. Tags are bounded: no
 * entity, key or request ever becomes one. Counters count what this process did, also what a
 * transaction took back later; the topics hold the exact truth. Safe for use by several threads.
 */
public final class StreamMetrics implements AutoCloseable, DeviceListener {
  private static final Logger LOG = LoggerFactory.getLogger(StreamMetrics.class);

  /** Scores above this are as good as certain; the last bucket. */
  private static final double[] SCORE_BOUNDS = {
    0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50
  };

  private static final Duration[] LATENCY_BOUNDS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1)
  };

  private final PrometheusMeterRegistry registry;
  private final Clock clock;
  private final Counter scoredByModel;
  private final Counter scoredByBaseline;
  private final Map<String, Counter> deadLetters = new ConcurrentHashMap<>();
  private final Map<Severity, Counter> alerts = new EnumMap<>(Severity.class);
  private final DistributionSummary batchSize;
  private final Timer batchScoring;
  private final Timer batchWait;
  private final Histogram scores;
  private final Counter swaps;
  private final Timer swapPause;
  private final Counter refusedModels;
  private final BalanceMetrics balance;
  private final Counter syntheticPublished;
  private final Counter syntheticRejected;
  private volatile @Nullable Long lastAlertAt;
  private final AtomicReference<@Nullable Meter> modelInfo = new AtomicReference<>();

  /** Registers all meters. */
  public StreamMetrics(PrometheusMeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    balance = new BalanceMetrics(registry);
    scoredByModel = scoredCounter("model");
    scoredByBaseline = scoredCounter("baseline");
    for (Severity severity : Severity.values()) {
      alerts.put(severity, alertCounter(severity));
    }
    batchSize =
        DistributionSummary.builder("eddy.batch.records")
            .description("Records in one micro-batch")
            .serviceLevelObjectives(1, 8, 64, 256, 512, 1024)
            .register(registry);
    batchScoring = timer("eddy.batch.scoring", "Time to score one micro-batch");
    batchWait = timer("eddy.batch.wait", "Time that a micro-batch's first record waited for it");
    swapPause = timer("eddy.model.swap.pause", "Time that a task stood still to change its model");
    swaps = counter("eddy.model.swaps", "Champions that this process began to serve");
    refusedModels =
        counter(
            "eddy.models.refused",
            "Champions and promotions that were not believed or could not be served");
    syntheticPublished = counter("eddy.synthetic.published", "Synthetic records published");
    syntheticRejected = counter("eddy.synthetic.rejected", "Synthetic records refused");
    // Micrometer's summaries round each value up to a whole number before they bucket it.
    scores =
        Histogram.builder()
            .name("eddy_score")
            .help("Fused score of each record: -ln of its p-value")
            .classicUpperBounds(SCORE_BOUNDS)
            .register(registry.getPrometheusRegistry());
  }

  private Counter scoredCounter(String scorer) {
    return Counter.builder("eddy.records.scored")
        .description("Records of the source that were scored")
        .tag("scorer", scorer)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(LATENCY_BOUNDS)
        .register(registry);
  }

  /** Counts one micro-batch. */
  public void batch(int records, boolean byModel, Duration scoring, Duration wait) {
    batchSize.record(records);
    batchScoring.record(scoring);
    batchWait.record(wait);
    (byModel ? scoredByModel : scoredByBaseline).increment(records);
  }

  /** Observes one record's score. */
  public void score(double score) {
    scores.observe(score);
  }

  /** Counts a record that could not be scored, by one of a few reasons. */
  public void deadLetter(String reason) {
    deadLetters.computeIfAbsent(reason, this::deadLetterCounter).increment();
  }

  /** Shows 0 for these reasons as long as there is none: a rate from nothing cannot be told. */
  public void expectDeadLetters(Collection<String> reasons) {
    reasons.forEach(reason -> deadLetters.computeIfAbsent(reason, this::deadLetterCounter));
  }

  private Counter deadLetterCounter(String reason) {
    return Counter.builder("eddy.records.dead.lettered")
        .description("Records of the source that could not be scored")
        .tag("reason", reason)
        .register(registry);
  }

  /** Counts an alert. */
  public void alert(Severity severity) {
    lastAlertAt = clock.millis();
    requireNonNull(alerts.get(severity), "every severity has a counter").increment();
  }

  private Counter alertCounter(Severity severity) {
    return Counter.builder("eddy.alerts.raised")
        .description("Alerts raised")
        .tag("severity", severity.name())
        .register(registry);
  }

  /** Says which model serves from now on, and counts the change. */
  public void serves(String version, long createdAt) {
    swaps.increment();
    Meter next =
        Gauge.builder("eddy.model.age", () -> (clock.millis() - createdAt) / 1000.0)
            .description("Time since the model that serves was trained")
            .baseUnit("seconds")
            .tag("version", version)
            .register(registry);
    Meter previous = modelInfo.getAndSet(next);
    if (previous != null && !previous.getId().equals(next.getId())) {
      registry.remove(previous); // else the versions add up
    }
  }

  /** Says that no model serves any more. */
  public void servesNone() {
    Meter previous = modelInfo.getAndSet(null);
    if (previous != null) {
      registry.remove(previous);
    }
  }

  /** Counts a scorer or generator that went on on the CPU because its GPU failed. */
  @Override
  public void fellBack(ModelDevice from, Throwable reason) {
    Counter.builder("eddy.device.fallbacks")
        .description("Scorers and generators that went on on the CPU because a GPU failed")
        .tag("from", from.name())
        .register(registry)
        .increment();
    LOG.atWarn()
        .addKeyValue("from", from.name())
        .addKeyValue("reason", reason.getMessage())
        .log("scoring goes on on the CPU");
  }

  /** Measures how long a task stood still to change its model. */
  public void swapped(Duration pause) {
    swapPause.record(pause);
  }

  /** Counts a champion that could not be served. */
  public void refusedModel() {
    refusedModels.increment();
  }

  /** Counts synthetic records that went out. */
  public void syntheticPublished(int records) {
    syntheticPublished.increment(records);
  }

  /** Counts synthetic records that were refused. */
  public void syntheticRejected(int records) {
    syntheticRejected.increment(records);
  }

  /** Returns the balancer's own. */
  public BalanceMetrics balance() {
    return balance;
  }

  /** Counts generated candidates that broke a rule or missed a fixed value. */
  public void candidatesRejected(String rule, long candidates) {
    Counter.builder("eddy.synthetic.candidates.rejected")
        .description("Generated candidates that broke a rule or missed a fixed value")
        .tag("rule", rule)
        .register(registry)
        .increment((double) candidates);
  }

  /** Shows a value that others keep: threshold, entities. */
  public void threshold(Supplier<Number> value) {
    Gauge.builder("eddy.alert.threshold", value)
        .description("Score that the alert budget allows one record now")
        .register(registry);
  }

  /** Shows how many entities were seen. */
  public void entities(Supplier<Number> value) {
    Gauge.builder("eddy.entities", value)
        .description("Entities seen by this process")
        .register(registry);
  }

  /** Shows whether a version waits for approval: 1 or 0. */
  public void waiting(Supplier<Number> value) {
    Gauge.builder("eddy.model.waiting", value)
        .description("1 while a version that won waits for approval, else 0")
        .register(registry);
  }

  /** Shows what the shadow would have done on the records that it and the champion scored. */
  public void shadow(
      Supplier<Number> records,
      Supplier<Number> champion,
      Supplier<Number> shadow,
      Supplier<Number> disagreements) {
    Gauge.builder("eddy.shadow.records", records)
        .description("Records that champion and shadow scored")
        .register(registry);
    overThreshold("champion", champion);
    overThreshold("shadow", shadow);
    Gauge.builder("eddy.shadow.disagreements", disagreements)
        .description("Of these, those that reach the alert threshold by one of the two only")
        .register(registry);
  }

  private void overThreshold(String scorer, Supplier<Number> value) {
    Gauge.builder("eddy.shadow.over.threshold", value)
        .description("Of these, those that reach the alert threshold")
        .tag("scorer", scorer)
        .register(registry);
  }

  /** Shows whether p-values keep their promise, and what share they realise. */
  public void calibration(CalibrationWatch watch) {
    Gauge.builder("eddy.calibration.holds", watch, w -> w.finding().holds() ? 1 : 0)
        .description("1 while p-values keep their promise as far as can be told, else 0")
        .register(registry);
    Gauge.builder("eddy.calibration.realised", watch, w -> w.finding().realised())
        .description("Share of recent records with p at most 0.01, anomalies among them")
        .register(registry);
  }

  /** Shows one state of readiness: 1 while it holds, else 0. */
  public <T> void readiness(String state, T holder, ToDoubleFunction<T> value) {
    Gauge.builder("eddy.readiness", holder, value)
        .description("1 for the state that the stream-app is in, else 0")
        .tag("state", state)
        .register(registry);
  }

  /** Returns how many records were scored. */
  public long scored() {
    return (long) (scoredByModel.count() + scoredByBaseline.count());
  }

  /** Returns how many records were scored by a model. */
  public long scoredByModel() {
    return (long) scoredByModel.count();
  }

  /** Returns how many records went to the dead letters. */
  public long deadLettered() {
    return sum(deadLetters);
  }

  /** Returns how many alerts were raised. */
  public long alertsRaised() {
    return sum(alerts);
  }

  /** Returns when the last alert was raised, milliseconds since the epoch; null: none was. */
  public @Nullable Long lastAlertAt() {
    return lastAlertAt;
  }

  /** Returns how many synthetic records were published. */
  public long syntheticPublished() {
    return (long) syntheticPublished.count();
  }

  /** Returns how many synthetic records were refused. */
  public long syntheticRejected() {
    return (long) syntheticRejected.count();
  }

  private static long sum(Map<?, Counter> counters) {
    return (long) counters.values().stream().mapToDouble(Counter::count).sum();
  }

  /** Takes the score histogram out of the registry, so that another app may use it. */
  @Override
  public void close() {
    registry.getPrometheusRegistry().unregister(scores);
  }
}

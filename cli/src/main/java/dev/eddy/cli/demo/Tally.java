package dev.eddy.cli.demo;

import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Counts, and measures against the truth. Safe for use by several threads. */
final class Tally {
  private static final long MEASURE_AGAIN_NANOS = Duration.ofSeconds(4).toNanos();

  private final GroundTruth truth;
  private final AlertLedger ledger;
  private final BaselineBeside baseline;
  private final DemoSystem system;
  private final Scoreboard scoreboard = new Scoreboard();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong deadLetters = new AtomicLong();
  private final AtomicLong firstEventNanos = new AtomicLong();
  private final long processStartNanos =
      System.nanoTime()
          - Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()).toNanos();
  private long measuredNanos;
  private OptionalDouble auroc = OptionalDouble.empty();
  private OptionalDouble baselineAuroc = OptionalDouble.empty();

  Tally(GroundTruth truth, AlertLedger ledger, BaselineBeside baseline, DemoSystem system) {
    this.truth = truth;
    this.ledger = ledger;
    this.baseline = baseline;
    this.system = system;
  }

  /** Counts an event that the broker has acknowledged. */
  void written() {
    firstEventNanos.compareAndSet(0, System.nanoTime());
    events.incrementAndGet();
  }

  /** Takes a record of the scores topic. */
  void score(ConsumerRecord<byte[], byte[]> consumed) {
    scoreboard.add(consumed);
  }

  /** Counts a dead letter. */
  void deadLetter() {
    deadLetters.incrementAndGet();
  }

  long scored() {
    return scoreboard.scored();
  }

  long deadLetters() {
    return deadLetters.get();
  }

  /** Looks at everything; the areas are measured anew every few seconds only. */
  synchronized Snapshot snapshot(long unreadable, long labels, long synthetic) {
    if (System.nanoTime() - measuredNanos > MEASURE_AGAIN_NANOS) {
      auroc = DetectionMetrics.auroc(scoreboard.labelled(truth));
      baselineAuroc = DetectionMetrics.auroc(baseline.scores());
      measuredNanos = System.nanoTime();
    }
    return new Snapshot(
        events.get(),
        unreadable,
        scoreboard.scored(),
        deadLetters.get(),
        perSecond(),
        ledger.total(),
        labels,
        synthetic,
        system.registry().versions().size(),
        scoreboard.modelVersion(),
        champion(),
        system.trainer().status(),
        truth.episodes().size(),
        ledger.precision(),
        ledger.recall(),
        auroc,
        baselineAuroc);
  }

  /** Measures everything. */
  DemoReport report(Snapshot last) {
    List<LabelledScore> scores = scoreboard.labelled(truth);
    List<LabelledScore> baselineScores = baseline.scores();
    return new DemoReport(
        last.events(),
        last.scored(),
        last.deadLetters(),
        scoreboard.repeated(),
        last.alerts(),
        last.labels(),
        last.synthetic(),
        last.versions(),
        last.champion(),
        last.perSecond(),
        FaultTable.boxed(DetectionMetrics.auroc(scores)),
        FaultTable.boxed(DetectionMetrics.averagePrecision(scores)),
        FaultTable.boxed(DetectionMetrics.auroc(baselineScores)),
        FaultTable.boxed(DetectionMetrics.averagePrecision(baselineScores)),
        FaultTable.boxed(last.precision()),
        FaultTable.boxed(last.recall()),
        FaultTable.of(scores, truth.alertedByFault()),
        firstAlertSeconds());
  }

  private double perSecond() {
    double seconds = (scoreboard.lastNanos() - firstEventNanos.get()) / 1e9;
    return seconds > 0 ? events.get() / seconds : 0;
  }

  private @Nullable String champion() {
    return system.registry().champion().map(version -> version.value()).orElse(null);
  }

  private @Nullable Double firstAlertSeconds() {
    return ledger.firstNanos() == 0 ? null : (ledger.firstNanos() - processStartNanos) / 1e9;
  }
}

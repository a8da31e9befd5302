package dev.eddy.trainer;

import dev.eddy.drift.Drift;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingListener;
import dev.eddy.trainer.collection.CollectionStatus;
import dev.eddy.trainer.collection.VerdictTally;
import dev.eddy.trainer.training.EnsembleLearner.GeneratorListener;
import dev.eddy.trainer.training.TrainingOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer's meters, all of them:
 *
 * <ul>
 *   <li>{@code eddy.trainer.records} (counter; {@code result}: read, malformed, synthetic): records
 *       of the source;
 *   <li>{@code eddy.trainer.lag} (gauge): records of source and labels that are not read yet;
 *   <li>{@code eddy.trainer.labels} (gauge; {@code verdict}): records by the label they have now;
 *   <li>{@code eddy.trainer.labels.applied} (counter): labels that met their record;
 *   <li>{@code eddy.trainer.labels.gone} (counter): labels whose record is nowhere any more;
 *   <li>{@code eddy.trainer.labels.conflicting} (counter): labels that say otherwise than another
 *       person's on the same record;
 *   <li>{@code eddy.trainer.champion.precision}, {@code eddy.trainer.champion.recall} (gauge): by
 *       labels on the alerts that it raised, and on records that came after its training; NaN
 *       without labels;
 *   <li>{@code eddy.trainer.champion.labels} (gauge; {@code of}: precision, recall): labels behind
 *       each;
 *   <li>{@code eddy.trainer.labels.unreadable} (counter): labels that could not be read;
 *   <li>{@code eddy.trainer.set.rows} (gauge; {@code class}): rows of the training set;
 *   <li>{@code eddy.trainer.training} (timer; {@code outcome}: promoted, refused, failed,
 *       cancelled): trainings and how long they took;
 *   <li>{@code eddy.trainer.training.active} (gauge): 1 while a training runs;
 *   <li>{@code eddy.trainer.device.fallbacks} (counter; {@code from}): trainings that went on on
 *       the CPU because a GPU failed;
 *   <li>{@code eddy.trainer.generator} (counter; {@code outcome}: trained, skipped, failed);
 *   <li>{@code eddy.trainer.network} (gauge; {@code network}, {@code figure}: loss, done, kl,
 *       reconstruction, realRight, fakeRight): how each network's last training got on, the
 *       generator's under {@code generator.} and the family;
 *   <li>{@code eddy.trainer.guard.withheld} (gauge; {@code reason}: extreme, incident): unlabelled
 *       rows that the last training left out;
 *   <li>{@code eddy.trainer.newnormal.open} (gauge): questions about a new normal that nobody has
 *       answered;
 *   <li>{@code eddy.trainer.drift.windows}, {@code eddy.trainer.drift.alarms} (counter): windows
 *       that were compared with the champion's reference, and features that have drifted;
 *   <li>{@code eddy.trainer.drift.psi}, {@code eddy.trainer.drift.distance} (gauge; {@code
 *       feature}, {@code of}: feature, score): of the last window; the scores have {@code score} as
 *       both;
 *   <li>{@code eddy.trainer.gate} (gauge; {@code figure}): what the last gate measured: auprc,
 *       auroc, plantedAuroc and the champion's under {@code champion.}.
 * </ul>
 */
final class TrainerMetrics implements GeneratorListener, DeviceListener {
  private static final CollectionStatus NOTHING =
      new CollectionStatus(
          0, 0, 0, 0, 0, 0, Map.of(), VerdictTally.NONE, new TreeMap<>(), 0, false);

  private static final Logger LOG = LoggerFactory.getLogger(TrainerMetrics.class);

  private final MeterRegistry meters;
  private volatile CollectionStatus collection = NOTHING;
  private final AtomicLong lag = new AtomicLong();
  private final AtomicBoolean active = new AtomicBoolean();
  private final TaggedGauges rows;
  private final TaggedGauges labels;
  private final TaggedGauges gate;
  private final TaggedGauges withheld;
  private final DriftGauges features;
  private final DriftGauges scores;
  private final Counter alarms;
  private final AtomicInteger questions = new AtomicInteger();
  private final Map<String, TaggedGauges> networks = new ConcurrentHashMap<>();

  TrainerMetrics(MeterRegistry meters) {
    this.meters = meters;
    count("eddy.trainer.records", Tags.of("result", "read"), CollectionStatus::events);
    count("eddy.trainer.records", Tags.of("result", "malformed"), CollectionStatus::malformed);
    count("eddy.trainer.labels.applied", Tags.empty(), CollectionStatus::appliedLabels);
    count("eddy.trainer.labels.gone", Tags.empty(), CollectionStatus::goneLabels);
    count("eddy.trainer.labels.conflicting", Tags.empty(), CollectionStatus::conflictingLabels);
    share("eddy.trainer.champion.precision", VerdictTally::precision);
    share("eddy.trainer.champion.recall", VerdictTally::recall);
    Gauge.builder("eddy.trainer.champion.labels", this, m -> m.collection.champion().alarms())
        .tag("of", "precision")
        .register(meters);
    Gauge.builder("eddy.trainer.champion.labels", this, m -> m.collection.champion().anomalies())
        .tag("of", "recall")
        .register(meters);
    Gauge.builder("eddy.trainer.lag", lag, AtomicLong::doubleValue).register(meters);
    Gauge.builder("eddy.trainer.training.active", active, flag -> flag.get() ? 1 : 0)
        .register(meters);
    rows = new TaggedGauges(meters, "eddy.trainer.set.rows", "class");
    labels = new TaggedGauges(meters, "eddy.trainer.labels", "verdict");
    gate = new TaggedGauges(meters, "eddy.trainer.gate", "figure");
    withheld = new TaggedGauges(meters, "eddy.trainer.guard.withheld", "reason");
    features = DriftGauges.of(meters, "feature");
    scores = DriftGauges.of(meters, "score");
    alarms = meters.counter("eddy.trainer.drift.alarms");
    Gauge.builder("eddy.trainer.newnormal.open", questions, AtomicInteger::doubleValue)
        .register(meters);
  }

  /** A feature may be called as the scores are, so they have gauges of their own. */
  private record DriftGauges(TaggedGauges psi, TaggedGauges distance) {
    static DriftGauges of(MeterRegistry meters, String of) {
      Tags fixed = Tags.of("of", of);
      return new DriftGauges(
          new TaggedGauges(meters, "eddy.trainer.drift.psi", "feature", fixed),
          new TaggedGauges(meters, "eddy.trainer.drift.distance", "feature", fixed));
    }

    void set(List<Drift> drifts) {
      psi.set(drifts.stream().collect(Collectors.toMap(Drift::name, Drift::psi)));
      distance.set(drifts.stream().collect(Collectors.toMap(Drift::name, Drift::ks)));
    }
  }

  /** A figure of the collection that only grows. */
  private interface Figure {
    long of(CollectionStatus status);
  }

  private void count(String name, Tags tags, Figure figure) {
    FunctionCounter.builder(name, this, metrics -> figure.of(metrics.collection))
        .tags(tags)
        .register(meters);
  }

  private void share(String name, Function<VerdictTally, OptionalDouble> figure) {
    Gauge.builder(name, this, m -> figure.apply(m.collection.champion()).orElse(Double.NaN))
        .register(meters);
  }

  /** Takes the figures of now; from the reading thread alone. */
  void update(CollectionStatus status, long lagNow) {
    CollectionStatus earlier = collection;
    collection = status;
    lag.set(lagNow);
    if (!earlier.classes().equals(status.classes())) {
      rows.set(status.classes());
    }
    if (!earlier.verdicts().equals(status.verdicts())) {
      Map<String, Long> verdicts =
          status.verdicts().entrySet().stream()
              .collect(Collectors.toMap(e -> tagOf(e.getKey()), Map.Entry::getValue));
      labels.set(verdicts);
    }
  }

  private static String tagOf(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void synthetic() {
    meters.counter("eddy.trainer.records", "result", "synthetic").increment();
  }

  void unreadableLabel() {
    meters.counter("eddy.trainer.labels.unreadable").increment();
  }

  @Override
  public void generator(Outcome outcome) {
    meters.counter("eddy.trainer.generator", "outcome", tagOf(outcome)).increment();
  }

  @Override
  public void fellBack(ModelDevice from, Throwable reason) {
    meters.counter("eddy.trainer.device.fallbacks", "from", from.name()).increment();
    LOG.atWarn()
        .addKeyValue("from", from.name())
        .addKeyValue("reason", reason.getMessage())
        .log("training goes on on the CPU");
  }

  /** Shows the last step of each network, and hands each step on. */
  TrainingListener during(TrainingListener next) {
    return new TrainingListener() {
      @Override
      public void progress(String network, int step, int steps, double loss) {
        progress(network, step, steps, loss, Map.of());
      }

      @Override
      public void progress(
          String network, int step, int steps, double loss, Map<String, Double> parts) {
        Map<String, Double> shown = new TreeMap<>(parts);
        shown.put("loss", loss);
        shown.put("done", (double) step / steps);
        networks.computeIfAbsent(network, TrainerMetrics.this::network).set(shown);
        next.progress(network, step, steps, loss, parts);
      }
    };
  }

  private TaggedGauges network(String name) {
    return new TaggedGauges(meters, "eddy.trainer.network", "figure", Tags.of("network", name));
  }

  /** Shows what the last window was like. */
  void drift(List<Drift> drifts) {
    meters.counter("eddy.trainer.drift.windows").increment();
    features.set(drifts.stream().filter(drift -> !drift.ofScores()).toList());
    scores.set(drifts.stream().filter(Drift::ofScores).toList());
  }

  void driftAlarm() {
    alarms.increment();
  }

  void questions(int open) {
    questions.set(open);
  }

  void trainingStarted() {
    active.set(true);
  }

  void trained(TrainingOutcome outcome, Duration took) {
    gate.set(outcome.verdict().metrics());
    withheld.set(
        Map.of("extreme", outcome.screened().extreme(), "incident", outcome.screened().incident()));
    ended(outcome.verdict().promote() ? "promoted" : "refused", took);
  }

  void trainingFailed(Duration took) {
    ended("failed", took);
  }

  void trainingCancelled(Duration took) {
    ended("cancelled", took);
  }

  private void ended(String outcome, Duration took) {
    active.set(false);
    Timer.builder("eddy.trainer.training").tag("outcome", outcome).register(meters).record(took);
  }

  boolean isTraining() {
    return active.get();
  }
}

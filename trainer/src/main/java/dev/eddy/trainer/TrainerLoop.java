package dev.eddy.trainer;

import static java.util.Objects.requireNonNull;

import dev.eddy.feature.Observation;
import dev.eddy.kafka.TopicException;
import dev.eddy.trainer.collection.CollectionStatus;
import dev.eddy.trainer.collection.Collector;
import dev.eddy.trainer.collection.TrainingSnapshot;
import dev.eddy.trainer.feed.TopicFeed;
import dev.eddy.trainer.training.LearningCurves;
import dev.eddy.trainer.training.TrainingOutcome;
import dev.eddy.trainer.training.TrainingRun;
import dev.eddy.trainer.training.TrainingSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on one thread and trains on another, one training at a time. Reading goes on while a
 * training runs: it works on a snapshot.
 */
final class TrainerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerLoop.class);
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final Duration BACK_OFF = Duration.ofSeconds(1);

  /** Kafka's clients may wait a minute for a broker that is down, several times in one step. */
  private static final Duration STUCK = Duration.ofMinutes(5);

  /** A trainer that was killed is replaced after ten seconds. */
  private static final Duration ELECTION = Duration.ofSeconds(30);

  private final TopicFeed feed;
  private final TrainingRun run;
  private final TrainingSchedule schedule;
  private final NewLabels newLabels;
  private final ChampionWatch champion;
  private final DriftWatch drift;
  private final LearningCurves curves;
  private final TrainerMetrics metrics;
  private final LongSupplier nanoTime;
  private final BooleanSupplier elected;
  private final Consumer<TrainingOutcome> listener;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService trainings =
      Executors.newSingleThreadExecutor(TrainerLoop::trainingThread);
  private @Nullable CompletableFuture<Boolean> current;
  private boolean wasElected;
  private volatile TrainerStatus status = TrainerStatus.NOTHING;
  private volatile @Nullable TrainingOutcome last;
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicReference<@Nullable String> command = new AtomicReference<>();
  private final AtomicReference<@Nullable TrainingOutcome> unreported = new AtomicReference<>();
  private volatile long lastStep;
  private volatile @Nullable Throwable end;
  private volatile List<Observation> newest = List.of();

  TrainerLoop(
      TopicFeed feed,
      TrainingRun run,
      TrainingSchedule schedule,
      NewLabels newLabels,
      ChampionWatch champion,
      DriftWatch drift,
      LearningCurves curves,
      TrainerMetrics metrics,
      LongSupplier nanoTime,
      BooleanSupplier elected,
      Consumer<TrainingOutcome> listener) {
    this.feed = requireNonNull(feed, "feed");
    this.run = requireNonNull(run, "run");
    this.schedule = requireNonNull(schedule, "schedule");
    this.newLabels = requireNonNull(newLabels, "newLabels");
    this.champion = requireNonNull(champion, "champion");
    this.drift = requireNonNull(drift, "drift");
    this.curves = requireNonNull(curves, "curves");
    this.metrics = requireNonNull(metrics, "metrics");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    this.lastStep = nanoTime.getAsLong();
    this.elected = requireNonNull(elected, "elected");
    this.listener = requireNonNull(listener, "listener");
    feed.collector().observer(drift::observe);
    drift.reportTo(feed.drift());
  }

  private static Thread trainingThread(Runnable task) {
    Thread thread = new Thread(task, "eddy-trainer-training");
    thread.setDaemon(true);
    return thread;
  }

  /** Reads and trains until {@link #close}. */
  void follow() {
    try {
      boolean open = false;
      while (!isClosing()) {
        lastStep = nanoTime.getAsLong();
        try {
          if (!open) {
            feed.open();
            open = true;
          }
          feed.step(WAIT);
          trainIfDue();
          publishStatus();
        } catch (WakeupException e) {
          LOG.trace("woken to close");
        } catch (KafkaException e) {
          LOG.atWarn().setCause(e).log("could not read, trying again");
          pause();
        }
      }
    } catch (Throwable e) { // an Error too: nothing above this thread would say it
      end = e;
      LOG.atError().setCause(e).log("the trainer stopped reading");
      throw e;
    } finally {
      feed.close();
    }
  }

  /**
   * Reads to the end of now, and trains once.
   *
   * @return whether a version was published
   */
  boolean trainOnce(int minimumRecords) {
    try {
      feed.open();
      while (!isClosing()
          && (!feed.hasCaughtUp() || feed.collector().status().wantedRecords() > 0)) {
        feed.step(WAIT);
        publishStatus();
      }
      if (isClosing() || feed.collector().status().events() < minimumRecords) {
        return false;
      }
      awaitElection();
      TrainingSnapshot snapshot = feed.collector().snapshot();
      metrics.trainingStarted();
      return train(snapshot, "asked for once");
    } catch (WakeupException e) {
      return false;
    } finally {
      reportOutcome();
      publishStatus();
      feed.close();
    }
  }

  private void trainIfDue() {
    CompletableFuture<Boolean> running = current;
    if (running != null) {
      if (!running.isDone()) {
        return;
      }
      schedule.ended(!running.isCompletedExceptionally() && running.join());
      reportOutcome();
      current = null;
    }
    if (!isElected()) {
      command.set(null); // whoever leads now was not asked
      return;
    }
    if (command.get() == null && !feed.hasCaughtUp()) {
      return; // what it has read is the window's beginning, and half of the alerts and labels
    }
    CollectionStatus now = feed.collector().status();
    var signals =
        new TrainingSchedule.Signals(now.events(), newLabels.count(), drift.alarm(), command.get());
    schedule.due(signals).ifPresent(reason -> begin(reason, now));
  }

  private void reportOutcome() {
    TrainingOutcome outcome = unreported.getAndSet(null);
    if (outcome != null) {
      drift.trained(outcome);
    }
  }

  private void begin(String reason, CollectionStatus now) {
    LOG.atInfo()
        .addKeyValue("reason", reason)
        .addKeyValue("rows", now.rows())
        .log("training begins");
    TrainingSnapshot snapshot = feed.collector().snapshot();
    schedule.started(now.events(), now.full());
    newLabels.allSeen();
    drift.trainingBegins();
    command.set(null);
    metrics.trainingStarted();
    current = CompletableFuture.supplyAsync(() -> train(snapshot, reason), trainings);
  }

  /** Others may have trained while this one was not elected. */
  private boolean isElected() {
    boolean now = elected.getAsBoolean();
    if (now && !wasElected) {
      schedule.resume(champion.trainings(), champion.trainedAt());
      champion.lastTraining().ifPresent(newLabels::seenTo);
    }
    wasElected = now;
    return now;
  }

  private void awaitElection() {
    long deadline = nanoTime.getAsLong() + ELECTION.toNanos();
    while (!isClosing() && !elected.getAsBoolean()) {
      if (nanoTime.getAsLong() > deadline) {
        throw new TopicException(
            "trainer must be the stream's only one, but another one is elected; stop it first");
      }
      pause();
    }
  }

  private boolean train(TrainingSnapshot snapshot, String trigger) {
    long start = nanoTime.getAsLong();
    try {
      Optional<TrainingOutcome> outcome = run.train(snapshot, trigger, new WhileReading());
      Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
      outcome.ifPresentOrElse(
          result -> {
            last = result;
            unreported.set(result);
            metrics.trained(result, took);
            listener.accept(result);
          },
          () -> metrics.trainingCancelled(took));
      return outcome.isPresent();
    } catch (Throwable e) { // an Error too: a future would keep it to itself
      metrics.trainingFailed(Duration.ofNanos(nanoTime.getAsLong() - start));
      LOG.atError().setCause(e).log("training failed; the champion goes on serving");
      throw e;
    } finally {
      finished.incrementAndGet();
    }
  }

  /** What the reading thread and the group find out while a training runs. */
  private final class WhileReading implements TrainingRun.Meanwhile {
    @Override
    public boolean isCancelled() {
      return isClosing() || !elected.getAsBoolean();
    }

    @Override
    public List<Observation> newest() {
      return newest;
    }
  }

  private void publishStatus() {
    Collector collector = feed.collector();
    newest = collector.newest();
    ChampionWatch.Serving serving = champion.serving();
    collector.champion(serving == null ? null : serving.champion());
    CollectionStatus now = collector.status();
    metrics.update(now, feed.lag());
    Map<String, Long> labels = new TreeMap<>();
    now.verdicts().forEach((verdict, count) -> labels.put(verdict.name(), count));
    TrainingOutcome outcome = last;
    status =
        new TrainerStatus(
            now.events(),
            now.malformed(),
            labels,
            now.classes(),
            now.rows(),
            metrics.isTraining(),
            finished.get(),
            outcome == null ? null : outcome.version(),
            outcome == null ? null : outcome.verdict().reason(),
            metrics.isTraining() ? curves.last() : null,
            drift.alarm(),
            elected.getAsBoolean());
  }

  /**
   * Asks for a training as soon as none runs, whatever the schedule says. From any thread.
   *
   * @return false: it is not heard, for this trainer does not lead
   */
  boolean request(String who) {
    if (!elected.getAsBoolean()) {
      return false;
    }
    command.set(who);
    return true;
  }

  /** Returns whether it reads, or has ended as it should. From any thread. */
  TrainerHealth health() {
    Throwable failure = end;
    if (failure != null) {
      return new TrainerHealth(false, "reading has ended: " + failure);
    }
    Duration still = Duration.ofNanos(nanoTime.getAsLong() - lastStep);
    return still.compareTo(STUCK) > 0
        ? new TrainerHealth(false, "reading has stood still for " + still)
        : new TrainerHealth(true, "reading");
  }

  /** Returns how the training that runs, or ran last, gets on. From any thread. */
  List<LearningCurves.Point> curves() {
    return curves.points();
  }

  TrainerStatus status() {
    return status;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      if (closing.await(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("closed while waiting to try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /**
   * Begins to stop: reading ends with the step at hand, and a training that runs publishes nothing.
   */
  void close() {
    closing.countDown();
    feed.wakeUp();
    trainings.shutdownNow();
  }
}

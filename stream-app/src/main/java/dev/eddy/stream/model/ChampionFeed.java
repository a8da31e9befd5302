package dev.eddy.stream.model;

import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.stream.metrics.StreamMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the registry: makes each new champion ready in a thread of its own, and only then offers
 * it. A champion that cannot be served is refused and counted, and the one before it stays. One
 * that cannot be read for now is tried again, after a pause that doubles, for as long as it is the
 * registry's champion. Safe for use by several threads.
 */
public final class ChampionFeed implements Supplier<@Nullable Champion>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChampionFeed.class);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final ModelRegistry registry;
  private final ModelLoader loader;
  private final StreamMetrics metrics;
  private final Duration firstPause;
  private final ScheduledExecutorService worker;
  private volatile @Nullable Champion champion;
  private @Nullable Champion previous;
  private final AtomicReference<@Nullable ModelVersion> wanted = new AtomicReference<>();
  private final AtomicReference<@Nullable Future<?>> retry = new AtomicReference<>();
  private @Nullable ModelVersion refused;
  private volatile @Nullable String refusal;
  private volatile @Nullable String disbelief;

  /** Makes a feed that has not looked at the registry yet. */
  public ChampionFeed(ModelRegistry registry, ModelLoader loader, StreamMetrics metrics) {
    this(registry, loader, metrics, FIRST_PAUSE);
  }

  ChampionFeed(
      ModelRegistry registry, ModelLoader loader, StreamMetrics metrics, Duration firstPause) {
    this.registry = registry;
    this.loader = loader;
    this.metrics = metrics;
    this.firstPause = firstPause;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "eddy-champion-feed");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Makes the present champion ready, if there is one, and follows the registry from then on. */
  public void start() {
    registry.champion().ifPresent(version -> take(version, firstPause));
    registry.onRefusal(this::promotion);
    registry.onChampion(
        version -> {
          wanted.set(version);
          worker.execute(this::takeWanted);
        });
  }

  private void takeWanted() {
    ModelVersion version = wanted.getAndSet(null); // null: a later change was faster
    Champion current = champion;
    if (version == null) {
      return;
    }
    if (current != null && current.version().equals(version)) {
      refusal = null; // rolled back to what serves all the time
    } else if (!isRefused(version)) { // a task may have been faster than the registry's thread
      take(version, firstPause);
    }
  }

  private synchronized boolean isRefused(ModelVersion version) {
    return refusal != null && version.equals(refused);
  }

  private void take(ModelVersion version, Duration pause) {
    Future<?> waiting = retry.getAndSet(null);
    if (waiting != null) {
      waiting.cancel(false);
    }
    try {
      serve(loader.load(version));
      LOG.atInfo().addKeyValue("modelVersion", version).log("serving a new champion");
    } catch (ModelUnavailableException e) { // which says nothing of the model
      isUnavailable(version, e);
      tryAgain(version, pause);
    } catch (RuntimeException e) { // whatever a model makes a reader or an engine throw
      refuse(version, e);
    }
  }

  private void tryAgain(ModelVersion version, Duration pause) {
    Duration twice = pause.multipliedBy(2);
    Duration next = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    retry.set(
        worker.schedule(
            () -> {
              if (registry.champion().equals(Optional.of(version))) {
                take(version, next);
              }
            },
            pause.toMillis(),
            TimeUnit.MILLISECONDS));
  }

  /** It counts once, however often it is tried; what was refused before may be tried anew. */
  private synchronized void isUnavailable(ModelVersion version, RuntimeException cause) {
    String now =
        "model %s is not there yet, trying again: %s".formatted(version, cause.getMessage());
    if (!now.equals(refusal)) {
      metrics.refusedModel();
    }
    refused = null;
    refusal = now;
    LOG.atWarn()
        .setCause(cause)
        .addKeyValue("modelVersion", version)
        .log("champion cannot be read, the one before it stays for now");
  }

  private synchronized void serve(Champion next) {
    previous = champion;
    champion = next;
    refusal = null;
    metrics.serves(next.version().value(), next.createdAt());
  }

  /**
   * Says that a version cannot be served after all. Where it was offered already, the one before it
   * is offered again, to all tasks: one version serves, and it is the one that is shown.
   */
  public synchronized void refuse(ModelVersion version, RuntimeException cause) {
    if (refusal != null && version.equals(refused)) {
      return; // another task was faster to say so
    }
    if (champion != null && champion.version().equals(version)) {
      Champion before = previous;
      champion = before;
      previous = null;
      if (before == null) {
        metrics.servesNone();
      } else {
        metrics.serves(before.version().value(), before.createdAt());
      }
    }
    metrics.refusedModel();
    refused = version;
    refusal = "model %s was refused: %s".formatted(version, cause.getMessage());
    LOG.atError()
        .setCause(cause)
        .addKeyValue("modelVersion", version)
        .log("champion cannot be served, the one before it stays");
  }

  /** Says that a promotion is not believed, and the champion of before stays; null: it is again. */
  private void promotion(@Nullable String reason) {
    disbelief = reason == null ? null : "a promotion was refused: " + reason;
    if (reason != null) {
      metrics.refusedModel();
    }
  }

  /** Returns the champion that serves; null before there is one. */
  @Override
  public @Nullable Champion get() {
    return champion;
  }

  /** Returns why the registry's champion does not serve; null when it does. */
  public @Nullable String refusal() {
    return disbelief == null ? refusal : disbelief;
  }

  /** Stops following. The registry stays the caller's to close. */
  @Override
  public void close() {
    worker.shutdownNow();
    try {
      worker.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

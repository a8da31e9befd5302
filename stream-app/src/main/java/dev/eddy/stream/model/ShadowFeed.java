package dev.eddy.stream.model;

import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the registry's shadow and makes it ready in a thread of its own. One that cannot be
 * loaded is logged and left out: nobody relies on it. One that cannot be read for now is tried
 * again for as long as it is the shadow. Safe for use by several threads.
 */
public final class ShadowFeed implements Supplier<@Nullable Champion>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowFeed.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final ModelRegistry registry;
  private final ModelLoader loader;
  private final ShadowFigures figures = new ShadowFigures();
  private final AtomicReference<@Nullable Champion> current = new AtomicReference<>();
  private final Duration pause;
  private @Nullable ModelVersion wanted; // of the worker's thread
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "eddy-shadow-feed");
            thread.setDaemon(true);
            return thread;
          });

  /** Makes a feed that has not looked at the registry yet. */
  public ShadowFeed(ModelRegistry registry, ModelLoader loader) {
    this(registry, loader, PAUSE);
  }

  ShadowFeed(ModelRegistry registry, ModelLoader loader, Duration pause) {
    this.registry = registry;
    this.loader = loader;
    this.pause = pause;
  }

  /** Follows the registry from now on. */
  public void start() {
    registry.onShadow(version -> worker.execute(() -> follow(version)));
  }

  private void follow(@Nullable ModelVersion version) {
    wanted = version;
    current.set(null);
    figures.begin(null);
    if (version != null) {
      take(version);
    }
  }

  private void take(ModelVersion version) {
    if (!version.equals(wanted)) {
      return; // another one is, since this attempt was planned
    }
    try {
      Champion loaded = loader.load(version);
      figures.begin(version);
      current.set(loaded);
      LOG.atInfo().addKeyValue("modelVersion", version).log("scoring beside the champion");
    } catch (ModelUnavailableException e) { // which says nothing of the model
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("modelVersion", version)
          .log("shadow cannot be read, trying again");
      tryAgain(version);
    } catch (RuntimeException e) { // whatever a model makes a reader or an engine throw
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("modelVersion", version)
          .log("shadow cannot be loaded, there is none");
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it fails as the first attempt does
  private void tryAgain(ModelVersion version) {
    worker.schedule(() -> take(version), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns the shadow; null while there is none. */
  @Override
  public @Nullable Champion get() {
    return current.get();
  }

  /** Returns what is counted of it. */
  public ShadowFigures figures() {
    return figures;
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

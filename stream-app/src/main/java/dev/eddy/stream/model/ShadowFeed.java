package dev.eddy.stream.model;

import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the registry's shadow and makes it ready in a thread of its own. One that cannot be
 * loaded is logged and left out: nobody relies on it. Safe for use by several threads.
 */
public final class ShadowFeed implements Supplier<@Nullable Champion>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowFeed.class);

  private final ModelRegistry registry;
  private final ModelLoader loader;
  private final ShadowFigures figures = new ShadowFigures();
  private final AtomicReference<@Nullable Champion> current = new AtomicReference<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            var thread = new Thread(work, "eddy-shadow-feed");
            thread.setDaemon(true);
            return thread;
          });

  /** Makes a feed that has not looked at the registry yet. */
  public ShadowFeed(ModelRegistry registry, ModelLoader loader) {
    this.registry = registry;
    this.loader = loader;
  }

  /** Follows the registry from now on. */
  public void start() {
    registry.onShadow(version -> worker.execute(() -> take(version)));
  }

  private void take(@Nullable ModelVersion version) {
    current.set(null);
    figures.begin(null);
    if (version == null) {
      return;
    }
    try {
      Champion loaded = loader.load(version);
      figures.begin(version);
      current.set(loaded);
      LOG.atInfo().addKeyValue("modelVersion", version).log("scoring beside the champion");
    } catch (RuntimeException e) { // whatever a model makes a reader or an engine throw
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("modelVersion", version)
          .log("shadow cannot be loaded, there is none");
    }
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

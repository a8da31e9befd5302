package dev.eddy.stream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelVerdict;
import dev.eddy.stream.metrics.StreamMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChampionFeedTest {
  private static final ModelVersion FIRST = ModelVersion.of(1);
  private static final ModelVersion SECOND = ModelVersion.of(2);
  private static final ModelVersion THIRD = ModelVersion.of(3);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamMetrics metrics = new StreamMetrics(meters, Clock.systemUTC());
  private final FakeRegistry registry = new FakeRegistry();
  private final List<ModelVersion> loaded = new ArrayList<>();
  private @Nullable CountDownLatch gate;
  private @Nullable ModelVersion unloadable;
  private final ChampionFeed feed = new ChampionFeed(registry, this::load, metrics);

  @AfterEach
  void close() {
    feed.close();
    meters.close();
  }

  @Test
  void servesNothingBeforeThereIsAChampion() {
    feed.start();

    assertThat(feed.get()).isNull();
    assertThat(feed.refusal()).isNull();
  }

  @Test
  void hasThePresentChampionReadyWhenStartReturns() {
    registry.champion = FIRST;

    feed.start();

    assertThat(versionOf(feed.get())).isEqualTo(FIRST);
    assertThat(loaded).containsExactly(FIRST);
  }

  @Test
  void offersANewChampionOnlyWhenItIsReady() throws InterruptedException {
    registry.champion = FIRST;
    feed.start();
    gate = new CountDownLatch(1);

    registry.promoteTo(SECOND); // returns at once: loading is not the registry's business
    assertThat(versionOf(feed.get())).isEqualTo(FIRST);
    gate.countDown();

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(SECOND));
  }

  @Test
  void keepsTheOldChampionWhenTheNewOneCannotBeServed() {
    registry.champion = FIRST;
    feed.start();
    unloadable = SECOND;

    registry.promoteTo(SECOND);

    await()
        .untilAsserted(
            () ->
                assertThat(feed.refusal())
                    .isEqualTo("model v000002 was refused: sha256 of vae.safetensors differs"));
    assertThat(versionOf(feed.get())).isEqualTo(FIRST);
    assertThat(meters.scrape()).contains("eddy_models_refused_total 1.0");
  }

  @Test
  void forgetsARefusalWhenTheNextChampionServes() {
    registry.champion = FIRST;
    unloadable = FIRST;
    feed.start();
    assertThat(feed.refusal()).isNotNull();

    registry.promoteTo(SECOND);

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(SECOND));
    assertThat(feed.refusal()).isNull();
  }

  @Test
  void leavesOutChampionsThatWereReplacedWhileAnotherOneWasLoaded() throws InterruptedException {
    feed.start();
    gate = new CountDownLatch(1);
    registry.promoteTo(FIRST);
    await().untilAsserted(() -> assertThat(loaded).containsExactly(FIRST));

    registry.promoteTo(SECOND);
    registry.promoteTo(THIRD);
    gate.countDown();

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(THIRD));
    assertThat(loaded).containsExactly(FIRST, THIRD);
  }

  @Test
  void doesNotLoadTheServingVersionAgain() {
    registry.champion = FIRST;
    feed.start();

    registry.promoteTo(FIRST);
    registry.promoteTo(SECOND);

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(SECOND));
    assertThat(loaded).containsExactly(FIRST, SECOND);
  }

  private Champion load(ModelVersion version) {
    synchronized (loaded) {
      loaded.add(version);
    }
    CountDownLatch waiting = gate;
    if (waiting != null) {
      try {
        waiting.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (version.equals(unloadable)) {
      throw new ModelLoadException("sha256 of vae.safetensors differs");
    }
    return new Champion(
        version,
        0,
        0,
        () -> {
          throw new IllegalStateException("not opened in this test");
        },
        null);
  }

  private static @Nullable ModelVersion versionOf(@Nullable Champion champion) {
    return champion == null ? null : champion.version();
  }

  private static final class FakeRegistry implements ModelRegistry {
    private @Nullable ModelVersion champion;
    private final List<Consumer<ModelVersion>> listeners = new ArrayList<>();

    void promoteTo(ModelVersion version) {
      champion = version;
      listeners.forEach(listener -> listener.accept(version));
    }

    @Override
    public List<Manifest> versions() {
      return List.of();
    }

    @Override
    public Optional<ModelVersion> champion() {
      return Optional.ofNullable(champion);
    }

    @Override
    public ModelArtifact load(ModelVersion version) {
      throw new ModelLoadException("not loaded in this test");
    }

    @Override
    public void publish(ModelArtifact artifact) {}

    @Override
    public void promote(ModelVersion version, String reason, String who) {
      promoteTo(version);
    }

    @Override
    public void judged(ModelVerdict verdict) {}

    @Override
    public List<ModelVerdict> verdicts() {
      return List.of();
    }

    @Override
    public void onChampion(Consumer<ModelVersion> listener) {
      listeners.add(listener);
      if (champion != null) {
        listener.accept(champion);
      }
    }

    @Override
    public void close() {}
  }
}

package dev.eddy.stream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.InMemoryModelRegistry;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.stream.metrics.StreamMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChampionFeedTest {
  private static final ModelVersion FIRST = ModelVersion.of(1);
  private static final ModelVersion SECOND = ModelVersion.of(2);
  private static final ModelVersion THIRD = ModelVersion.of(3);

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamMetrics metrics = new StreamMetrics(meters, Clock.systemUTC());
  private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
  private final List<ModelVersion> loaded = new ArrayList<>();
  private @Nullable CountDownLatch gate;
  private @Nullable ModelVersion unloadable;
  private volatile @Nullable RuntimeException outage;
  private final ChampionFeed feed =
      new ChampionFeed(registry, this::load, metrics, Duration.ofMillis(10));

  @BeforeEach
  void publish() {
    for (ModelVersion version : List.of(FIRST, SECOND, THIRD)) {
      registry.publish(ArtifactFixture.artifact(version, 1));
    }
  }

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
    promote(FIRST);

    feed.start();

    assertThat(versionOf(feed.get())).isEqualTo(FIRST);
    assertThat(loaded).containsExactly(FIRST);
  }

  @Test
  void offersANewChampionOnlyWhenItIsReady() throws InterruptedException {
    promote(FIRST);
    feed.start();
    gate = new CountDownLatch(1);

    promote(SECOND); // returns at once: loading is not the registry's business
    assertThat(versionOf(feed.get())).isEqualTo(FIRST);
    gate.countDown();

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(SECOND));
  }

  @Test
  void keepsTheOldChampionWhenTheNewOneCannotBeServed() {
    promote(FIRST);
    feed.start();
    unloadable = SECOND;

    promote(SECOND);

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
    promote(FIRST);
    unloadable = FIRST;
    feed.start();
    assertThat(feed.refusal()).isNotNull();

    promote(SECOND);

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(SECOND));
    assertThat(feed.refusal()).isNull();
  }

  @Test
  void forgetsARefusalWhenTheRegistryGoesBackToWhatServes() {
    promote(FIRST);
    feed.start();
    unloadable = SECOND;
    promote(SECOND);
    await().untilAsserted(() -> assertThat(feed.refusal()).isNotNull());

    promote(FIRST);

    await().untilAsserted(() -> assertThat(feed.refusal()).isNull());
    assertThat(versionOf(feed.get())).isEqualTo(FIRST);
  }

  @Test
  void offersTheVersionBeforeAgainWhenATaskCannotOpenTheNewOne() {
    promote(FIRST);
    feed.start();
    promote(SECOND);
    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(SECOND));

    feed.refuse(SECOND, new IllegalStateException("out of memory"));
    feed.refuse(SECOND, new IllegalStateException("out of memory")); // another task

    assertThat(versionOf(feed.get())).isEqualTo(FIRST);
    assertThat(feed.refusal()).isEqualTo("model v000002 was refused: out of memory");
    assertThat(meters.scrape())
        .contains("eddy_models_refused_total 1.0")
        .contains("eddy_model_age_seconds{version=\"v000001\"}")
        .doesNotContain("v000002");
  }

  @Test
  void triesAChampionAgainThatCouldNotBeReadUntilItServes() {
    promote(FIRST);
    feed.start();
    outage = new ModelUnavailableException("v000002 must be readable");

    promote(SECOND);

    await().untilAsserted(() -> assertThat(loadsOf(SECOND)).isGreaterThanOrEqualTo(3));
    assertThat(versionOf(feed.get())).isEqualTo(FIRST);
    assertThat(feed.refusal())
        .isEqualTo("model v000002 is not there yet, trying again: v000002 must be readable");
    assertThat(meters.scrape()).contains("eddy_models_refused_total 1.0");
    outage = null;
    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(SECOND));
    assertThat(feed.refusal()).isNull();
  }

  @Test
  void triesTheFirstChampionAgainThatCouldNotBeReadAtTheStart() {
    promote(FIRST);
    outage = new ModelUnavailableException("v000001 must be readable");
    feed.start();
    assertThat(feed.get()).isNull();

    outage = null;

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(FIRST));
  }

  @Test
  void triesNoVersionAgainThatIsNoLongerTheChampion() {
    promote(FIRST);
    feed.start();
    outage = new ModelUnavailableException("v000002 must be readable");
    promote(SECOND);
    await().untilAsserted(() -> assertThat(loadsOf(SECOND)).isPositive());

    promote(FIRST);
    await().untilAsserted(() -> assertThat(feed.refusal()).isNull());
    outage = null;
    promote(THIRD);

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(THIRD));
    long loads = loadsOf(SECOND);
    await()
        .during(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(loadsOf(SECOND)).isEqualTo(loads));
  }

  @Test
  void triesNoVersionAgainThatCannotBeServed() {
    promote(FIRST);
    feed.start();
    unloadable = SECOND;

    promote(SECOND);

    await().untilAsserted(() -> assertThat(feed.refusal()).isNotNull());
    await()
        .during(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(loadsOf(SECOND)).isEqualTo(1));
  }

  private long loadsOf(ModelVersion version) {
    synchronized (loaded) {
      return loaded.stream().filter(version::equals).count();
    }
  }

  @Test
  void offersNoVersionWhenTheOnlyOneCannotBeOpened() {
    promote(FIRST);
    feed.start();

    feed.refuse(FIRST, new IllegalStateException("out of memory"));

    assertThat(feed.get()).isNull();
    assertThat(meters.scrape()).doesNotContain("v000001");
  }

  @Test
  void leavesOutChampionsThatWereReplacedWhileAnotherOneWasLoaded() throws InterruptedException {
    feed.start();
    gate = new CountDownLatch(1);
    promote(FIRST);
    await().untilAsserted(() -> assertThat(loaded).containsExactly(FIRST));

    promote(SECOND);
    promote(THIRD);
    gate.countDown();

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(THIRD));
    assertThat(loaded).containsExactly(FIRST, THIRD);
  }

  @Test
  void doesNotLoadTheServingVersionAgain() {
    promote(FIRST);
    feed.start();

    promote(FIRST);
    promote(SECOND);

    await().untilAsserted(() -> assertThat(versionOf(feed.get())).isEqualTo(SECOND));
    assertThat(loaded).containsExactly(FIRST, SECOND);
  }

  private void promote(ModelVersion version) {
    registry.promote(version, "better", "a test");
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
    RuntimeException failure = outage;
    if (failure != null) {
      throw failure;
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
}

package dev.eddy.stream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eddy.registry.InMemoryModelRegistry;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShadowFeedTest {
  private static final ModelVersion FIRST = ModelVersion.of(1);
  private static final ModelVersion SECOND = ModelVersion.of(2);

  private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
  private final List<ModelVersion> loaded = new CopyOnWriteArrayList<>();
  private volatile @Nullable RuntimeException failure;
  private final ShadowFeed feed = new ShadowFeed(registry, this::load, Duration.ofMillis(10));

  @BeforeEach
  void start() {
    feed.start();
  }

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void followsTheShadow() {
    registry.shadow(FIRST, "a try", "ann");
    await().until(() -> is(FIRST));

    registry.shadow(null, "enough", "ann");

    await().until(() -> feed.get() == null);
    assertThat(feed.figures().snapshot()).isNull();
  }

  @Test
  void triesAShadowAgainThatCouldNotBeRead() {
    failure = new ModelUnavailableException("v000001 must be readable");
    registry.shadow(FIRST, "a try", "ann");
    await().until(() -> loaded.size() >= 3);
    assertThat(feed.get()).isNull();

    failure = null;

    await().until(() -> is(FIRST));
  }

  @Test
  void triesNoVersionAgainThatIsNoLongerTheShadow() {
    failure = new ModelUnavailableException("v000001 must be readable");
    registry.shadow(FIRST, "a try", "ann");
    await().until(() -> !loaded.isEmpty());

    failure = null;
    registry.shadow(SECOND, "another try", "ann");

    await().until(() -> is(SECOND));
    await().during(Duration.ofMillis(200)).until(() -> is(SECOND));
  }

  @Test
  void leavesOutOneThatCannotBeLoaded() {
    failure = new ModelLoadException("the sha256 of vae.safetensors differs");

    registry.shadow(FIRST, "a try", "ann");

    await().until(() -> !loaded.isEmpty());
    await().during(Duration.ofMillis(200)).until(() -> loaded.size() == 1 && feed.get() == null);
  }

  private boolean is(ModelVersion version) {
    Champion shadow = feed.get();
    return shadow != null && shadow.version().equals(version);
  }

  private Champion load(ModelVersion version) {
    loaded.add(version);
    RuntimeException now = failure;
    if (now != null) {
      throw now;
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
}

package dev.eddy.kafka;

import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The registry on a compacted topic of one partition. */
public final class TopicModelRegistry implements ModelRegistry {
  private final KafkaSettings settings;
  private final String topic;
  private final Clock clock;

  /** Makes a registry that has not read anything yet. */
  public TopicModelRegistry(KafkaSettings settings, String topic, Clock clock) {
    this.settings = settings;
    this.topic = topic;
    this.clock = clock;
  }

  /** Starts to read, and returns when everything that is on the topic now was read. */
  public void start() {
    throw new IllegalStateException("under construction: " + settings + topic + clock);
  }

  @Override
  public List<Manifest> versions() {
    throw new IllegalStateException("under construction");
  }

  @Override
  public Optional<ModelVersion> champion() {
    throw new IllegalStateException("under construction");
  }

  @Override
  public ModelArtifact load(ModelVersion version) {
    throw new IllegalStateException("under construction");
  }

  @Override
  public void publish(ModelArtifact artifact) {
    throw new IllegalStateException("under construction");
  }

  @Override
  public void promote(ModelVersion version, String reason, String who) {
    throw new IllegalStateException("under construction");
  }

  @Override
  public void onChampion(Consumer<ModelVersion> listener) {
    throw new IllegalStateException("under construction");
  }

  @Override
  public void close() {}
}

package dev.eddy.registry;

import dev.eddy.definition.StreamDefinition.Gate.Promotion;
import dev.eddy.schema.ModelVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registry for tests: keeps zips, tells listeners on the caller's thread. */
public final class InMemoryModelRegistry implements ModelRegistry {
  private final NavigableMap<ModelVersion, byte[]> zips = new TreeMap<>();
  private final List<Consumer<ModelVersion>> listeners = new ArrayList<>();
  private final List<Consumer<@Nullable ModelVersion>> shadowListeners = new ArrayList<>();
  private final NavigableMap<ModelVersion, ModelVerdict> verdicts = new TreeMap<>();
  private final Map<ModelVersion, RuntimeException> failures = new HashMap<>();
  private @Nullable ModelVersion champion;
  private @Nullable ModelVersion previous;
  private @Nullable ModelVersion waiting;
  private @Nullable ModelVersion shadow;

  @Override
  public synchronized List<Manifest> versions() {
    return zips.values().stream().map(zip -> ModelArtifact.fromZip(zip).manifest()).toList();
  }

  @Override
  public synchronized Optional<ModelVersion> champion() {
    return Optional.ofNullable(champion);
  }

  @Override
  public synchronized Optional<ModelVersion> previous() {
    return Optional.ofNullable(previous);
  }

  @Override
  public synchronized Optional<ModelVersion> waiting() {
    return Optional.ofNullable(waiting);
  }

  /** Lets every further attempt to load a version fail. */
  public synchronized void failToLoad(ModelVersion version, RuntimeException failure) {
    failures.put(version, failure);
  }

  @Override
  public synchronized ModelArtifact load(ModelVersion version) {
    RuntimeException failure = failures.get(version);
    if (failure != null) {
      throw failure;
    }
    byte[] zip = zips.get(version);
    if (zip == null) {
      throw new ModelLoadException(
          "version must be one of %s, got %s".formatted(zips.keySet(), version));
    }
    return ModelArtifact.fromZip(zip);
  }

  @Override
  public synchronized void publish(ModelArtifact artifact) {
    zips.put(artifact.manifest().version(), artifact.toZip());
  }

  @Override
  public synchronized void publish(
      ModelArtifact artifact, ModelVerdict verdict, Promotion promotion) {
    judged(verdict);
    publish(artifact);
    ModelVersion version = artifact.manifest().version();
    if (verdict.getPromoted() && promotion == Promotion.AUTOMATIC) {
      promote(version, verdict.getReason(), "trainer");
      waiting = null;
    } else if (verdict.getPromoted()) {
      waiting = version;
    }
  }

  @Override
  public synchronized void judged(ModelVerdict verdict) {
    verdicts.put(new ModelVersion(verdict.getVersion()), verdict);
  }

  @Override
  public synchronized List<ModelVerdict> verdicts() {
    return List.copyOf(verdicts.values());
  }

  @Override
  public synchronized Optional<ModelVersion> shadow() {
    return Optional.ofNullable(shadow);
  }

  @Override
  public synchronized void shadow(@Nullable ModelVersion version, String reason, String who) {
    shadow = version;
    shadowListeners.forEach(listener -> listener.accept(version));
  }

  @Override
  public synchronized void onShadow(Consumer<@Nullable ModelVersion> listener) {
    shadowListeners.add(listener);
  }

  @Override
  public synchronized void promote(ModelVersion version, String reason, String who) {
    load(version);
    previous = champion;
    champion = version;
    waiting = version.equals(waiting) ? null : waiting;
    listeners.forEach(listener -> listener.accept(version));
  }

  @Override
  public synchronized void onChampion(Consumer<ModelVersion> listener) {
    listeners.add(listener);
    champion().ifPresent(listener);
  }

  @Override
  public void close() {}
}

package dev.eddy.kafka;

import dev.eddy.kafka.ModelTopicIndex.WholeVersion;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.RegistryPolicy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which versions go when a new one comes: those beyond the number that is kept, and those that are
 * too old; never one that somebody needs.
 */
final class Retention {
  private final RegistryPolicy policy;
  private final TopicModelRegistry registry;
  private final Clock clock;

  private Retention(RegistryPolicy policy, TopicModelRegistry registry, Clock clock) {
    this.policy = policy;
    this.registry = registry;
    this.clock = clock;
  }

  static Retention of(RegistryPolicy policy, TopicModelRegistry registry, Clock clock) {
    return new Retention(policy, registry, clock);
  }

  /** Returns the versions that go when {@code next} is published, oldest first. */
  List<WholeVersion> superfluous(ModelVersion next) {
    List<WholeVersion> versions = registry.wholeVersions();
    Set<ModelVersion> needed = needed(next);
    long oldest = clock.millis() - policy.keepFor().toMillis();
    int tooMany = versions.size() + 1 - policy.keepVersions();
    List<WholeVersion> going = new ArrayList<>();
    for (WholeVersion version : versions) {
      Manifest manifest = version.manifest();
      boolean due = going.size() < tooMany || manifest.createdAt() < oldest;
      if (due && !needed.contains(manifest.version())) {
        going.add(version);
      }
    }
    return going;
  }

  /** The champion, what a rollback goes back to, the shadow, and what waits for approval. */
  private Set<ModelVersion> needed(ModelVersion next) {
    Set<ModelVersion> needed = new HashSet<>();
    needed.add(next);
    registry.shadow().ifPresent(needed::add);
    registry.waiting().ifPresent(needed::add);
    registry.previous().ifPresent(needed::add);
    registry
        .champion()
        .ifPresent(
            champion -> {
              needed.add(champion);
              registry.versions().stream()
                  .filter(manifest -> manifest.version().equals(champion))
                  .map(Manifest::parent)
                  .filter(Objects::nonNull)
                  .forEach(needed::add);
            });
    return needed;
  }
}

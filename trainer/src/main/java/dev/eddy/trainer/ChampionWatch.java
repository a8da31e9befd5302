package dev.eddy.trainer;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.trainer.collection.ServingChampion;
import dev.eddy.trainer.collection.TrainedOffsets;
import dev.eddy.trainer.training.TrainingLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows which version serves, and up to where it was trained. Safe for several threads. */
final class ChampionWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ChampionWatch.class);

  private final StreamDefinition definition;
  private final ModelRegistry registry;
  private volatile @Nullable Serving serving;

  /**
   * The version that serves.
   *
   * @param champion what it saw, and what it is the same detector as
   */
  record Serving(ModelVersion version, ServingChampion champion) {
    /** Returns whether a record came after those that it was trained on. */
    boolean isNew(Coordinates coordinates) {
      return coordinates.offset() > champion.trainedTo().getOrDefault(coordinates.partition(), -1L);
    }
  }

  ChampionWatch(StreamDefinition definition, ModelRegistry registry) {
    this.definition = definition;
    this.registry = registry;
    registry.onChampion(this::changed);
  }

  private void changed(ModelVersion version) {
    serving =
        find(version)
            .map(champion -> TrainedOffsets.last(champion.trainedOn(), source()))
            .map(trainedTo -> new ServingChampion(trainedTo, sameDetector(version)))
            .map(champion -> new Serving(version, champion))
            .orElse(null);
  }

  private Set<String> sameDetector(ModelVersion version) {
    return TrainingLog.sameDetector(registry.verdicts(), version);
  }

  private String source() {
    return definition.source().topic();
  }

  private Optional<Manifest> find(ModelVersion version) {
    return registry.versions().stream()
        .filter(manifest -> manifest.version().equals(version))
        .findAny();
  }

  /** Returns what serves; null where nothing does. */
  @Nullable Serving serving() {
    return serving;
  }

  /**
   * Returns when the champion was trained, or null where there is none that fits the definition:
   * then the next model is the first of a new lineage, and is wanted at once.
   */
  @Nullable Instant trainedAt() {
    Manifest champion = registry.champion().flatMap(this::find).orElse(null);
    if (champion == null) {
      return null;
    }
    if (!champion.definitionDigest().equals(definition.featureDigest())) {
      LOG.atInfo()
          .addKeyValue("champion", champion.version())
          .log(
              "the features or the context of the definition have changed since the champion was"
                  + " trained: baselines score until the first model of a new lineage is ready");
      return null;
    }
    return Instant.ofEpochMilli(champion.createdAt());
  }

  /** Returns the trainings that the registry tells of, whichever process they ran in. */
  List<TrainingLog.Past> trainings() {
    return TrainingLog.of(registry.verdicts());
  }

  /** Returns up to when labels may have been seen by a training; empty before the first one. */
  Optional<Instant> lastTraining() {
    return Stream.concat(
            trainings().stream().map(TrainingLog.Past::judged), Stream.ofNullable(trainedAt()))
        .max(Comparator.naturalOrder());
  }
}

package dev.eddy.trainer.training;

import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.trainer.gate.AnomalyScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a training guards its rows by and compares its candidate with: the champion, or the version
 * before it where the champion is damaged or not to be believed. Whoever damages a champion must
 * not rid the next one of guard and gate.
 *
 * @param serving the champion when it was found; null: there was none
 * @param artifact what networks go on from; null: there is nothing
 * @param scores null where there is nothing to compare with
 * @param missing why there is nothing to compare with though a champion serves; null: there is, or
 *     none ever served for these features
 * @param notes for the manifest
 */
record Opponent(
    @Nullable ModelVersion serving,
    @Nullable ModelArtifact artifact,
    @Nullable AnomalyScores scores,
    @Nullable String missing,
    List<String> notes) {
  private static final Logger LOG = LoggerFactory.getLogger(Opponent.class);
  private static final Opponent NONE = new Opponent(null, null, null, null, List.of());

  /**
   * Finds it.
   *
   * @param featureDigest of the definition: a sound champion for other features or another context
   *     cannot be compared with, and the next model is the first of a new lineage
   * @throws ModelUnavailableException where it cannot be read now: the training is to fail then,
   *     and to be tried again
   */
  static Opponent find(ModelRegistry registry, Learner learner, String featureDigest) {
    ModelVersion champion = registry.champion().orElse(null);
    if (champion == null) {
      return NONE;
    }
    List<String> reasons = new ArrayList<>();
    for (ModelVersion version : serving(champion, registry.previous())) {
      try {
        ModelArtifact artifact = registry.load(version);
        if (artifact.manifest().definitionDigest().equals(featureDigest)) {
          return new Opponent(
              champion, artifact, learner.open(artifact), null, notes(version, reasons));
        }
        if (version.equals(champion)) {
          return new Opponent(champion, artifact, null, null, List.of());
        }
        reasons.add(version + " was trained on other features or another context");
      } catch (ModelUnavailableException e) {
        throw e;
      } catch (ModelLoadException e) {
        LOG.atWarn()
            .addKeyValue("version", version)
            .addKeyValue("reason", e.getMessage())
            .log("could not open a version to compare with");
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    return new Opponent(champion, null, null, String.join("; ", reasons), List.of());
  }

  private static List<ModelVersion> serving(
      ModelVersion champion, Optional<ModelVersion> previous) {
    return Stream.concat(Stream.of(champion), previous.stream()).distinct().toList();
  }

  private static List<String> notes(ModelVersion version, List<String> reasons) {
    return reasons.isEmpty()
        ? List.of()
        : List.of("compared with %s, for %s".formatted(version, String.join("; ", reasons)));
  }

  /** Returns whether no other version was promoted since it was found. */
  boolean isOfNow(ModelRegistry registry) {
    return registry.champion().equals(Optional.ofNullable(serving));
  }

  /** Returns the version that the candidate is measured against; null: none. */
  @Nullable ModelVersion version() {
    return scores == null || artifact == null ? null : artifact.manifest().version();
  }
}

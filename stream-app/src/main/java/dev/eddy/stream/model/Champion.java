package dev.eddy.stream.model;

import static java.util.Objects.requireNonNull;

import dev.eddy.registry.ModelVersion;
import dev.eddy.scoring.Scorer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model that is ready to serve. Each task opens a scorer of its own.
 *
 * @param createdAt when it was trained, milliseconds since the epoch
 * @param servingSince when this process took it over, milliseconds since the epoch
 * @param scorers opens a scorer; the caller closes it
 * @param generator answers augmentation requests; null when the model has none
 */
public record Champion(
    ModelVersion version,
    long createdAt,
    long servingSince,
    Supplier<Scorer> scorers,
    @Nullable ChampionGenerator generator) {

  /** Checks that the parts are there. */
  public Champion {
    requireNonNull(version, "version");
    requireNonNull(scorers, "scorers");
  }
}

package dev.eddy.registry;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.EddyConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a registry keeps, and which it believes.
 *
 * @param keepVersions versions that are kept at most, besides those that somebody needs
 * @param keepFor age at which a version may go
 * @param signingKey signs what is published and promoted; null: nothing is signed
 * @param trusted whose signature is asked for; without keys everything is believed
 * @param maximumAge age beyond which a model is not believed any more; null: any
 */
public record RegistryPolicy(
    int keepVersions,
    Duration keepFor,
    @Nullable SigningKey signingKey,
    TrustedKeys trusted,
    @Nullable Duration maximumAge) {
  /** What a configuration without the section has. */
  public static final RegistryPolicy DEFAULT = of(EddyConfiguration.Registry.DEFAULT);

  /** Checks that the parts are there. */
  public RegistryPolicy {
    requireNonNull(keepFor, "keepFor");
    requireNonNull(trusted, "trusted");
  }

  /**
   * Reads the keys that a configuration names.
   *
   * @throws IllegalArgumentException if a key cannot be read
   */
  public static RegistryPolicy of(EddyConfiguration.Registry registry) {
    String key = registry.signingKey();
    return new RegistryPolicy(
        registry.keepVersions(),
        registry.keepFor(),
        key == null ? null : SigningKey.read(Path.of(key)),
        TrustedKeys.read(registry.publicKeys().stream().map(Path::of).toList()),
        registry.maximumAge());
  }

  /** Returns the same policy with a key to sign with. */
  public RegistryPolicy signingWith(SigningKey key) {
    return new RegistryPolicy(keepVersions, keepFor, key, trusted, maximumAge);
  }

  /**
   * Refuses an artifact that is not confirmed, or older than allowed.
   *
   * @throws ModelLoadException with the reason
   */
  public void requireTrusted(ModelArtifact artifact, Instant now) {
    if (trusted.isEmpty()) {
      return;
    }
    Manifest manifest = artifact.manifest();
    if (!artifact.isSigned()) {
      throw new ModelLoadException(
          manifest.version() + " must be signed, for registry.publicKeys are set, but is not");
    }
    if (!artifact.isConfirmedBy(trusted)) {
      throw new ModelLoadException(
          manifest.version() + " must be signed by one of registry.publicKeys, but is not");
    }
    Duration age = Duration.between(Instant.ofEpochMilli(manifest.createdAt()), now);
    if (maximumAge != null && age.compareTo(maximumAge) > 0) {
      throw new ModelLoadException(
          "%s must be younger than registry.maximumAge, %s, got %s"
              .formatted(manifest.version(), maximumAge, age));
    }
  }
}

package dev.eddy.registry;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A model as it travels: its manifest and its files. Immutable. */
public final class ModelArtifact {
  /** Name of the manifest inside the zip. */
  public static final String MANIFEST = "manifest.json";

  /** Most bytes of all files together. */
  public static final int MAXIMUM_BYTES = 256 << 20;

  /** Most files beside the manifest. */
  public static final int MAXIMUM_PARTS = 64;

  private final Manifest manifest;
  private final SortedMap<String, byte[]> parts;

  private ModelArtifact(Manifest manifest, SortedMap<String, byte[]> parts) {
    this.manifest = manifest;
    this.parts = Collections.unmodifiableSortedMap(parts);
  }

  /**
   * Puts files under a manifest, whose {@code parts} become the sha256 of each file.
   *
   * @param parts takes over the arrays
   * @throws IllegalArgumentException if a name is not a plain file name, or there is too much
   */
  public static ModelArtifact of(Manifest manifest, Map<String, byte[]> parts) {
    requireNonNull(manifest, "manifest");
    SortedMap<String, String> digests = new TreeMap<>();
    parts.forEach((name, bytes) -> digests.put(PartName.require(name), Sha256.of(bytes)));
    SortedMap<String, byte[]> sorted = new TreeMap<>(parts);
    requireBounded(sorted);
    return new ModelArtifact(manifest.withParts(digests), sorted);
  }

  private static void requireBounded(SortedMap<String, byte[]> parts) {
    long bytes = parts.values().stream().mapToLong(part -> part.length).sum();
    if (parts.size() > MAXIMUM_PARTS || bytes > MAXIMUM_BYTES) {
      throw new IllegalArgumentException(
          "artifact must have at most %d parts and %d bytes, got %d and %d"
              .formatted(MAXIMUM_PARTS, MAXIMUM_BYTES, parts.size(), bytes));
    }
  }

  /**
   * Reads a zip and checks every file against the manifest.
   *
   * @throws ModelLoadException if it is not a zip, has no readable manifest, lacks a file or has
   *     one too many, holds an altered file, or is larger than an artifact may be
   */
  public static ModelArtifact fromZip(byte[] zip) {
    return ArtifactZip.read(zip);
  }

  /**
   * Joins a manifest and files that are there already.
   *
   * @throws ModelLoadException if a file is missing, superfluous or altered
   */
  static ModelArtifact verified(Manifest manifest, SortedMap<String, byte[]> parts) {
    if (!manifest.parts().keySet().equals(parts.keySet())) {
      throw new ModelLoadException(
          "%s must hold the parts of its manifest %s, got %s"
              .formatted(manifest.version(), manifest.parts().keySet(), parts.keySet()));
    }
    parts.forEach(
        (name, bytes) -> {
          if (!Sha256.of(bytes).equals(manifest.parts().get(name))) {
            throw new ModelLoadException(
                "%s must match its manifest, but the sha256 of %s differs"
                    .formatted(manifest.version(), name));
          }
        });
    return new ModelArtifact(manifest, parts);
  }

  /** Writes a zip. The same artifact gives the same bytes. */
  public byte[] toZip() {
    return ArtifactZip.write(this);
  }

  /** Returns the manifest. */
  public Manifest manifest() {
    return manifest;
  }

  /** Returns the files by name, sorted; their bytes are not to be changed. */
  public Map<String, byte[]> parts() {
    return parts;
  }
}

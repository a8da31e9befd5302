package dev.eddy.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as it travels: its manifest, its files, and optionally a signature over the manifest,
 * which holds stream, version, and the sha256 of each file. Immutable.
 */
public final class ModelArtifact {
  /** Name of the manifest inside the zip. */
  public static final String MANIFEST = "manifest.json";

  /** Name of the signature inside the zip. */
  public static final String SIGNATURE = "manifest.sig";

  /** Bytes of a signature. */
  static final int SIGNATURE_BYTES = 64;

  /** Stands before what is signed, so that a signature means nothing elsewhere. */
  private static final byte[] PURPOSE = "eddy-manifest-1\n".getBytes(US_ASCII);

  /** Most bytes of all files together. */
  public static final int MAXIMUM_BYTES = 256 << 20;

  /** Most files beside the manifest. */
  public static final int MAXIMUM_PARTS = 64;

  private final Manifest manifest;

  /** As it was written: a reader that does not know all its fields must still find them signed. */
  private final byte[] manifestJson;

  private final SortedMap<String, byte[]> parts;
  private final byte @Nullable [] signature;

  private ModelArtifact(
      Manifest manifest,
      byte[] manifestJson,
      SortedMap<String, byte[]> parts,
      byte @Nullable [] signature) {
    this.manifest = manifest;
    this.manifestJson = manifestJson;
    this.parts = Collections.unmodifiableSortedMap(parts);
    this.signature = signature;
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
    Manifest whole = manifest.withParts(digests);
    return new ModelArtifact(whole, whole.toJson(), sorted, null);
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
   * Joins a manifest, as it was written, and files that are there already.
   *
   * @throws ModelLoadException if a file is missing, superfluous or altered
   */
  static ModelArtifact verified(
      byte[] manifestJson, SortedMap<String, byte[]> parts, byte @Nullable [] signature) {
    Manifest manifest = Manifest.fromJson(manifestJson);
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
    return new ModelArtifact(manifest, manifestJson, parts, signature);
  }

  /** Returns the same artifact with a signature. */
  public ModelArtifact signedBy(SigningKey key) {
    return new ModelArtifact(manifest, manifestJson, new TreeMap<>(parts), key.sign(message()));
  }

  /** Returns whether there is a signature, whosesoever it is. */
  public boolean isSigned() {
    return signature != null;
  }

  /** Returns whether one of the keys confirms its signature. */
  public boolean isConfirmedBy(TrustedKeys keys) {
    return signature != null && keys.confirm(message(), signature);
  }

  private byte[] message() {
    byte[] message = new byte[PURPOSE.length + manifestJson.length];
    System.arraycopy(PURPOSE, 0, message, 0, PURPOSE.length);
    System.arraycopy(manifestJson, 0, message, PURPOSE.length, manifestJson.length);
    return message;
  }

  /** Returns manifest.json as it was written. */
  byte[] manifestJson() {
    return manifestJson;
  }

  /** Returns the signature; null without one. */
  byte @Nullable [] signature() {
    return signature;
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

package dev.eddy.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An artifact as a zip: the manifest first, then its signature where it has one, then its files by
 * name, all with one fixed date.
 */
final class ArtifactZip {
  /** The earliest date that a zip can hold; a real one would make equal artifacts differ. */
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final int MAXIMUM_MANIFEST_BYTES = 1 << 20;

  private ArtifactZip() {}

  static byte[] write(ModelArtifact artifact) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      put(zip, ModelArtifact.MANIFEST, artifact.manifestJson());
      byte[] signature = artifact.signature();
      if (signature != null) {
        put(zip, ModelArtifact.SIGNATURE, signature);
      }
      for (var part : artifact.parts().entrySet()) {
        put(zip, part.getKey(), part.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory must take a zip", e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(DATE);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  static ModelArtifact read(byte[] bytes) {
    return read(bytes, ModelArtifact.MAXIMUM_BYTES);
  }

  static ModelArtifact read(byte[] bytes, long maximumBytes) {
    Manifest manifest = null;
    byte[] manifestJson = null;
    byte[] signature = null;
    SortedMap<String, byte[]> parts = new TreeMap<>();
    long left = maximumBytes;
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.equals(ModelArtifact.MANIFEST)) {
          requireFirst(manifest, parts);
          manifestJson = readBounded(zip, name, MAXIMUM_MANIFEST_BYTES);
          manifest = Manifest.fromJson(manifestJson);
        } else if (name.equals(ModelArtifact.SIGNATURE) && signature == null) {
          signature = readBounded(zip, name, ModelArtifact.SIGNATURE_BYTES);
        } else {
          requireExpected(manifest, name, parts);
          byte[] part = readBounded(zip, name, left);
          left -= part.length;
          parts.put(name, part);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelLoadException("artifact must be a readable zip", e);
    }
    if (manifestJson == null) {
      throw new ModelLoadException("artifact must hold a manifest.json, got none");
    }
    return ModelArtifact.verified(manifestJson, parts, signature);
  }

  private static void requireFirst(@Nullable Manifest manifest, SortedMap<String, byte[]> parts) {
    if (manifest != null || !parts.isEmpty()) {
      throw new ModelLoadException("artifact must begin with its one manifest.json");
    }
  }

  private static void requireExpected(
      @Nullable Manifest manifest, String name, SortedMap<String, byte[]> parts) {
    if (manifest == null) {
      throw new ModelLoadException("artifact must begin with its one manifest.json");
    }
    if (!PartName.isPlain(name) || !manifest.parts().containsKey(name)) {
      throw new ModelLoadException(
          manifest.version() + " must hold only the parts of its manifest, got one more");
    }
    if (parts.containsKey(name)) {
      throw new ModelLoadException(manifest.version() + " must hold " + name + " once, got two");
    }
  }

  /** Stops one byte after the bound: what a zip claims of its sizes is not believed. */
  private static byte[] readBounded(ZipInputStream zip, String name, long bound)
      throws IOException {
    int most = (int) Math.min(bound, Integer.MAX_VALUE - 16);
    byte[] bytes = zip.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new ModelLoadException(
          "artifact must have at most %d bytes in %s".formatted(most, name));
    }
    return bytes;
  }
}

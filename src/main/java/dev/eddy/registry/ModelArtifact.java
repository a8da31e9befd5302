package dev.eddy.registry;

import java.util.Map;

/** A model as it travels: its manifest and its files. Immutable. */
public final class ModelArtifact {
  private ModelArtifact() {}

  /** Reads a zip and checks every file against the manifest. */
  public static ModelArtifact fromZip(byte[] zip) {
    throw new ModelLoadException("under construction: " + zip.length);
  }

  /** Writes a zip. The same artifact gives the same bytes. */
  public byte[] toZip() {
    throw new IllegalStateException("under construction");
  }

  /** Returns the manifest. */
  public Manifest manifest() {
    throw new IllegalStateException("under construction");
  }

  /** Returns the files by name; their bytes are not to be changed. */
  public Map<String, byte[]> parts() {
    throw new IllegalStateException("under construction");
  }
}

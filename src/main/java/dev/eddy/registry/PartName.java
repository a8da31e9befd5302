package dev.eddy.registry;

import java.util.regex.Pattern;

/** Names that a file of an artifact may have: plain ones, so that none can leave a folder. */
final class PartName {
  private static final Pattern PLAIN =
      Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}(\\.[a-z0-9]{1,16}){1,2}");

  private PartName() {}

  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches()
        && !name.equals(ModelArtifact.MANIFEST)
        && !name.equals(ModelArtifact.SIGNATURE);
  }

  static String require(String name) {
    if (!isPlain(name)) {
      throw new IllegalArgumentException(
          "part must have a plain file name such as vae.safetensors, got " + name);
    }
    return name;
  }
}

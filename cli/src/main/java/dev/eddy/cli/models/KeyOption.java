package dev.eddy.cli.models;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The private key that signs what a person decides. */
final class KeyOption {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "Private key that signs it; needed where stream-apps ask for signatures"
              + " (default: registry.signingKey of the configuration).")
  private @Nullable Path file;

  KeyOption() {}

  @Nullable Path file() {
    return file;
  }
}

package dev.eddy.cli.models;

import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.registry.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy models keygen}. */
@Command(
    name = "keygen",
    description = "Make a pair of Ed25519 keys, to sign models with and to check them by.",
    mixinStandardHelpOptions = true)
final class ModelsKeygenCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for the two files; what is there is not overwritten.")
  private Path folder = Path.of(".");

  ModelsKeygenCommand() {}

  @Override
  public Integer call() throws IOException {
    SigningKey.generate(folder);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf(
        "%s  keep it secret; registry.signingKey of the trainer%n",
        folder.resolve(SigningKey.PRIVATE_FILE));
    out.printf(
        "%s  registry.publicKeys of every stream-app and of the trainer%n",
        folder.resolve(SigningKey.PUBLIC_FILE));
    return ExitStatus.OK;
  }
}

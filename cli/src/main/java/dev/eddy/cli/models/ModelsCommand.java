package dev.eddy.cli.models;

import picocli.CommandLine.Command;

/** {@code eddy models}: looks at the registry of a stream and decides which model serves. */
@Command(
    name = "models",
    description = "List the models of a stream, promote one, or go back to the one before.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelsListCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class
    })
public final class ModelsCommand {

  /** Created by picocli. */
  public ModelsCommand() {}
}

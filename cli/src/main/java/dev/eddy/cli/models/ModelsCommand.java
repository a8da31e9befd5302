package dev.eddy.cli.models;

import picocli.CommandLine.Command;

/** {@code eddy models}: looks at the registry of a stream and decides which model serves. */
@Command(
    name = "models",
    description = "Look at the models of a stream, and decide which one serves.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelsListCommand.class,
      ModelsShowCommand.class,
      ModelsDiffCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class,
      ModelsShadowCommand.class,
      ModelsKeygenCommand.class
    })
public final class ModelsCommand {

  /** Created by picocli. */
  public ModelsCommand() {}
}

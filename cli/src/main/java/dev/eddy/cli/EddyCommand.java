package dev.eddy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The eddy command. */
@Command(
    name = "eddy",
    description = "Finds the records of an event stream that leave their course, and says why.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {})
public final class EddyCommand {
  private EddyCommand() {}

  /**
   * Runs a command and exits with its status: 0, 1 (the answer is no) or 2 (usage, configuration).
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EddyCommand()).execute(args));
  }
}

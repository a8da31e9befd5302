package dev.eddy.cli;

import dev.eddy.cli.record.RecordCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The eddy command. */
@Command(
    name = "eddy",
    description = "Finds the records of an event stream that leave their course, and says why.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RecordCommand.class})
public final class EddyCommand {
  private EddyCommand() {}

  /**
   * Runs a command and exits with its status: 0, 1 (the answer is no) or 2 (usage, configuration).
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EddyCommand()).execute(args));
  }
}

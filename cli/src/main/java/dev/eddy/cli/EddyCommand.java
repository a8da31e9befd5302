package dev.eddy.cli;

import dev.eddy.cli.broker.BrokerCommand;
import dev.eddy.cli.demo.DemoCommand;
import dev.eddy.cli.evaluate.EvaluateCommand;
import dev.eddy.cli.generate.GenerateCommand;
import dev.eddy.cli.models.ModelsCommand;
import dev.eddy.cli.record.RecordCommand;
import dev.eddy.cli.replay.ReplayCommand;
import dev.eddy.cli.shell.CommandProvider;
import dev.eddy.cli.shell.Console;
import dev.eddy.cli.shell.Failures;
import dev.eddy.cli.shell.UsageErrors;
import dev.eddy.cli.synthesize.SynthesizeCommand;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The eddy command. */
@Command(
    name = "eddy",
    description = "Finds the records of an event stream that leave their course, and says why.",
    mixinStandardHelpOptions = true,
    version = "eddy 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      TrainCommand.class,
      RecordCommand.class,
      BrokerCommand.class,
      DemoCommand.class,
      InferCommand.class,
      EvaluateCommand.class,
      ReplayCommand.class,
      GenerateCommand.class,
      SynthesizeCommand.class,
      ModelsCommand.class,
    })
public final class EddyCommand {
  private EddyCommand() {}

  /**
   * Runs a command and exits with its status: 0, 1 (the answer is no) or 2 (usage, configuration).
   */
  public static void main(String[] args) {
    System.exit(Console.attach(commandLine()).execute(args));
  }

  /** Makes the whole command, with the subcommands that other modules provide. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new EddyCommand());
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      command.addSubcommand(provider.command());
    }
    return command
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(new UsageErrors())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpLongOptionsMaxWidth(28);
  }
}

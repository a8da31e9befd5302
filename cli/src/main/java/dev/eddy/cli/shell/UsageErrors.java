package dev.eddy.cli.shell;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line, and where its help is: a page of help would push the
 * message out of sight. Only where a subcommand is missing the page shows those that there are.
 */
public final class UsageErrors implements IParameterExceptionHandler {
  /** Makes a handler. */
  public UsageErrors() {}

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    if (!command.getSubcommands().isEmpty() && arguments.length == depth(command)) {
      command.usage(err);
    }
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + exception.getMessage());
    UnmatchedArgumentException.printSuggestions(exception, err);
    err.println("see " + name + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Returns how many words of the command line name a command. */
  private static int depth(CommandLine command) {
    int depth = 0;
    for (CommandLine above = command.getParent(); above != null; above = above.getParent()) {
      depth++;
    }
    return depth;
  }
}

package dev.eddy.cli.shell;

import dev.eddy.definition.DefinitionException;
import dev.eddy.event.TableException;
import dev.eddy.kafka.TopicException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns what a command throws into a message for a person and an exit status. The stack trace goes
 * to the log, at DEBUG where the message says it all.
 */
public final class Failures implements IExecutionExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  /** Makes a handler. */
  public Failures() {}

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult result) {
    if (isExpected(exception)) {
      log.atDebug().setCause(exception).log("command failed");
    } else {
      log.atError().setCause(exception).log("command failed");
    }
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message(exception));
    return isExpected(exception) ? ExitStatus.USAGE : ExitStatus.NO;
  }

  private static boolean isExpected(Exception exception) {
    return exception instanceof DefinitionException
        || exception instanceof TopicException
        || exception instanceof TableException
        || exception instanceof KafkaException
        || exception instanceof UsageException
        || exception instanceof IOException
        || exception instanceof UncheckedIOException;
  }

  private static String message(Exception exception) {
    if (exception instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return message(unchecked.getCause());
    }
    if (exception instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    if (exception instanceof AccessDeniedException denied) {
      return "file %s may not be opened".formatted(denied.getFile());
    }
    if (exception instanceof TableException && exception.getMessage() != null) {
      return exception.getMessage(); // says all of its cause that a person can use
    }
    if (exception instanceof KafkaException && !(exception instanceof ConfigException)) {
      return "Kafka: " + withCauses(exception);
    }
    return withCauses(exception);
  }

  private static String withCauses(Throwable exception) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      String message =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(message);
      }
    }
    return text.toString();
  }
}

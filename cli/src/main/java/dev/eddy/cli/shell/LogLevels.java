package dev.eddy.cli.shell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** How much is logged, where a command knows better than the configuration of the log. */
public final class LogLevels {
  private LogLevels() {}

  /**
   * For commands that tell a person what happens in their own words, or run a broker as a guest:
   * warnings of Eddy, errors of Kafka. A level that the user chose by {@code EDDY_LOG_LEVEL} stays.
   */
  public static void quiet() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      if (System.getenv("EDDY_LOG_LEVEL") == null) {
        context.getLogger("dev.eddy").setLevel(Level.WARN);
      }
      context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
      context.getLogger("kafka").setLevel(Level.ERROR);
    }
  }
}

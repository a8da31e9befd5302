package dev.eddy.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

class ConsoleTest {

  /** Says the same to standard output and to standard error, in a process of its own. */
  @Command
  static final class Says implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    /** Runs it as the eddy command is. */
    public static void main(String[] arguments) {
      System.exit(Console.attach(new CommandLine(new Says())).execute(arguments));
    }

    @Override
    public void run() {
      if (spec != null) {
        spec.commandLine().getOut().println("Gr\u00f6\u00dfe");
        spec.commandLine().getErr().println("\u65e5\u672c");
      }
    }
  }

  @Test
  void writesUtf8WhateverTheLocale() throws Exception {
    Process process = start();

    process.getOutputStream().close();
    byte[] out = process.getInputStream().readAllBytes();
    byte[] err = process.getErrorStream().readAllBytes();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(out, StandardCharsets.UTF_8)).isEqualTo("Gr\u00f6\u00dfe\n");
    assertThat(new String(err, StandardCharsets.UTF_8)).contains("\u65e5\u672c\n");
  }

  private static Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            Says.class.getName());
    builder
        .environment()
        .put(
            "CLASSPATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    builder.environment().put("LC_ALL", "POSIX");
    return builder.start();
  }
}

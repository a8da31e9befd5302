package dev.eddy.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ConsoleTest {
  private static final String ENCODING = "stdout.encoding";

  private final String before = System.getProperty(ENCODING, "");

  @Command
  private static final class Anything {}

  @BeforeEach
  void beInALocaleWithoutUmlauts() {
    System.setProperty(ENCODING, "US-ASCII");
  }

  @AfterEach
  void goBack() {
    if (before.isEmpty()) {
      System.clearProperty(ENCODING);
    } else {
      System.setProperty(ENCODING, before);
    }
  }

  @Test
  void writesUtf8WhateverTheLocale() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandLine command = Console.attach(new CommandLine(new Anything()), out, err);

    command.getOut().println("Größe");
    command.getErr().println("日本");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("Größe");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("日本");
  }
}

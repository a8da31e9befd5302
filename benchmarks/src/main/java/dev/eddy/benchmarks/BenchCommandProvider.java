package dev.eddy.benchmarks;

import dev.eddy.cli.shell.CommandProvider;

/** Adds {@code eddy bench} to the command line. */
public final class BenchCommandProvider implements CommandProvider {
  /** Created by {@link java.util.ServiceLoader}. */
  public BenchCommandProvider() {}

  @Override
  public Object command() {
    return new BenchCommand();
  }
}

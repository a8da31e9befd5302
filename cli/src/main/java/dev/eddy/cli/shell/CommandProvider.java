package dev.eddy.cli.shell;

/**
 * A subcommand of another module on the class path, found by {@link java.util.ServiceLoader}: the
 * benchmarks depend on the command line, so the command line cannot name theirs.
 */
public interface CommandProvider {

  /** Makes the command object, annotated for picocli. */
  Object command();
}

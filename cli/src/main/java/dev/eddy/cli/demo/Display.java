package dev.eddy.cli.demo;

import java.util.List;

/** Where the demo tells a person what happens. */
interface Display {

  /** Tells of something that happened. */
  void happened(String line);

  /** Shows where everything stands now. */
  void standing(List<String> lines);

  /** Tells nobody. */
  final class Silent implements Display {
    @Override
    public void happened(String line) {}

    @Override
    public void standing(List<String> lines) {}
  }
}

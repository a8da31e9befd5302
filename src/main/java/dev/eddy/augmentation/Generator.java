package dev.eddy.augmentation;

import java.util.List;

/** Generates records of a class. An instance belongs to one thread. */
public interface Generator extends AutoCloseable {

  /** Returns the classes that it can generate. */
  List<String> classes();

  /**
   * Generates rows of one class. The same class, number and seed give the same rows on the CPU.
   *
   * @throws IllegalArgumentException if the class is not one of {@link #classes()}
   */
  List<SyntheticRow> generate(String labelClass, int rows, long seed);

  /** Frees native memory. Calling it again does nothing. */
  @Override
  void close();
}

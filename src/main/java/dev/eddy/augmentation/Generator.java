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

  /**
   * Generates rows on the way from one record to another, through the latent space of the
   * generator: the first is nearest to {@code from}, the last to {@code to}. Both must be of
   * classes that it can generate; on the way the class changes in the middle.
   *
   * @param steps rows, {@code >= 2}
   * @throws UnsupportedOperationException if the generator has no latent space to go through: only
   *     the variational autoencoder maps a record to a point of it
   * @throws IllegalArgumentException if a class is not one of {@link #classes()}, or has too few
   *     rows for the network
   */
  default List<SyntheticRow> between(SyntheticRow from, SyntheticRow to, int steps, long seed) {
    throw new UnsupportedOperationException(
        "between needs a generator with a latent space, of family vae");
  }

  /** Frees native memory. Calling it again does nothing. */
  @Override
  void close();
}

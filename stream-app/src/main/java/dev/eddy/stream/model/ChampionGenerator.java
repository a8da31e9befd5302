package dev.eddy.stream.model;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.SyntheticRow;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The part of a champion that makes records.
 *
 * @param classes classes that it was trained on
 * @param refusals gives the gate's reasons why no record of a class may be published; empty: some
 *     may
 * @param check looks at generated rows and gives the reasons why they must not be published; empty:
 *     they may
 * @param generators opens a generator; the caller closes it
 */
public record ChampionGenerator(
    List<String> classes,
    Function<String, List<String>> refusals,
    Function<List<SyntheticRow>, List<String>> check,
    Supplier<Generator> generators) {

  /** Copies the list. */
  public ChampionGenerator {
    classes = List.copyOf(classes);
  }
}

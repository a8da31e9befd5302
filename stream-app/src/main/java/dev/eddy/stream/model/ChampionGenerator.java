package dev.eddy.stream.model;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.Guidance;
import dev.eddy.augmentation.SyntheticRow;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The part of a champion that makes records.
 *
 * @param classes classes that it was trained on
 * @param refusals gives the gate's reasons why no record of a class may be published; empty: some
 *     may
 * @param lifts whether the gate is certain that a classifier, one that the definition names, gains
 *     by records of a class
 * @param check looks at generated rows, and the guidance that they were made by, and gives the
 *     reasons why they must not be published; empty: they may
 * @param guidance says which rows a request with these fixed values may have; throws
 *     IllegalArgumentException where there are none
 * @param generators opens a generator; the caller closes it
 */
public record ChampionGenerator(
    List<String> classes,
    Function<String, List<String>> refusals,
    Predicate<String> lifts,
    BiFunction<List<SyntheticRow>, Guidance, List<String>> check,
    Function<Map<String, String>, Guidance> guidance,
    Supplier<Generator> generators) {

  /** Copies the list. */
  public ChampionGenerator {
    classes = List.copyOf(classes);
  }
}

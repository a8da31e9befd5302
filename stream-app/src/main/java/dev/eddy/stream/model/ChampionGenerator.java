package dev.eddy.stream.model;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.Guidance;
import dev.eddy.augmentation.SyntheticRow;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The part of a champion that makes records.
 *
 * @param classes classes that it was trained on
 * @param refusals gives the gate's reasons why no record of a class may be published; empty: some
 *     may
 * @param doubts gives the reasons why the gate is not certain that a classifier, one that the
 *     definition names, gains by records of a class; empty: it is
 * @param check looks at generated rows before they are published
 * @param guidance says which rows a request with these fixed values may have; throws
 *     IllegalArgumentException where there are none
 * @param generators opens a generator; the caller closes it
 */
public record ChampionGenerator(
    List<String> classes,
    Function<String, List<String>> refusals,
    Function<String, List<String>> doubts,
    Check check,
    Function<Map<String, String>, Guidance> guidance,
    Supplier<Generator> generators) {

  /** Looks at generated rows. */
  @FunctionalInterface
  public interface Check {
    /**
     * Gives the reasons why rows must not be published; empty: they may.
     *
     * @param shaped whether they are draws of their class, so that its columns' shapes are to be
     *     found in them; not where values are fixed, nor on the way between two records
     */
    List<String> reasons(List<SyntheticRow> rows, boolean shaped);
  }

  /** Copies the list. */
  public ChampionGenerator {
    classes = List.copyOf(classes);
  }
}

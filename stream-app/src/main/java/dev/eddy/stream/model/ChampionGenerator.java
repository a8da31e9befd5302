package dev.eddy.stream.model;

import dev.eddy.augmentation.Generator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The part of a champion that makes records.
 *
 * @param classes classes that it was trained on
 * @param refusals class to the gate's reasons why none of its records may be published
 * @param generators opens a generator; the caller closes it
 */
public record ChampionGenerator(
    List<String> classes, Map<String, List<String>> refusals, Supplier<Generator> generators) {

  /** Copies the collections. */
  public ChampionGenerator {
    classes = List.copyOf(classes);
    refusals = Map.copyOf(refusals);
  }
}

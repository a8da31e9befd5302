package dev.eddy.trainer.guard;

import dev.eddy.feature.Sample;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the guard lets pass.
 *
 * @param samples in their order
 * @param extreme unlabelled rows that were withheld because the champion finds them extreme
 * @param incident unlabelled rows that were withheld because they lie in an incident
 * @param questions by entity, those that are answered too
 */
public record Screened(List<Sample> samples, int extreme, int incident, List<Question> questions) {
  /** Copies the lists. */
  public Screened {
    samples = List.copyOf(samples);
    questions = List.copyOf(questions);
  }

  /** Lets everything pass. */
  public static Screened all(List<Sample> samples) {
    return new Screened(samples, 0, 0, List.of());
  }

  /** Returns figures for the manifest. */
  public SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures = new TreeMap<>();
    figures.put("guard.extreme", (double) extreme);
    figures.put("guard.incident", (double) incident);
    return figures;
  }
}

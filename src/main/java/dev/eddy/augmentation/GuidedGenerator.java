package dev.eddy.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws from a generator until enough rows keep every rule, or too many candidates were drawn. An
 * instance belongs to one thread; generator stays the caller's to close.
 */
public final class GuidedGenerator {
  private static final int CHUNK = 1_024;

  private final Generator generator;
  private final Guidance guidance;

  /** Makes a generator that keeps the rules. */
  public GuidedGenerator(Generator generator, Guidance guidance) {
    this.generator = generator;
    this.guidance = guidance;
  }

  /**
   * What was drawn.
   *
   * @param rows as many as asked for, or fewer
   * @param candidates how many were drawn for them
   * @param rejected rule to the number of candidates that broke it
   */
  public record Drawn(List<SyntheticRow> rows, long candidates, Map<String, Long> rejected) {}

  /** Draws rows of a class. The same class, number and seed give the same rows on the CPU. */
  public Drawn draw(String labelClass, int rows, long seed) {
    return draw(labelClass, rows, guidance.mostCandidates(rows), seed);
  }

  /** As {@link #draw(String, int, long)}, of so many candidates at most. */
  Drawn draw(String labelClass, int rows, long most, long seed) {
    List<SyntheticRow> drawn = new ArrayList<>(rows);
    Map<String, Long> rejected = new TreeMap<>();
    long candidates = 0;
    for (int chunk = 0; drawn.size() < rows && candidates < most; chunk++) {
      int wanted = guidance.isFree() ? Math.min(CHUNK, rows - drawn.size()) : CHUNK;
      Guidance.Kept kept =
          guidance.keep(generator.generate(labelClass, wanted, ChunkSeed.of(seed, chunk)));
      candidates += wanted;
      kept.rejected().forEach((rule, number) -> rejected.merge(rule, number, Long::sum));
      drawn.addAll(kept.rows().subList(0, Math.min(rows - drawn.size(), kept.rows().size())));
    }
    return new Drawn(drawn, candidates, rejected);
  }
}

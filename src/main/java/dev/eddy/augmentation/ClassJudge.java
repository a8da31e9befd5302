package dev.eddy.augmentation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Puts the classes of a trial before the gate, one after the other.
 *
 * @param classes those that were trained
 * @param training class to its rows, those too that were too few to train
 * @param heldOut class to its rows
 * @param fewestRows a class of fewer was not trained
 */
record ClassJudge(
    RealTables tables,
    RowFingerprints fingerprints,
    List<String> classes,
    Map<String, List<SyntheticRow>> training,
    Map<String, List<SyntheticRow>> heldOut,
    int fewestRows) {
  private static final int ROWS = 2_000;

  /** A trial, and what the gate made of it. */
  record Judged(CandidateTrials.Trial trial, GeneratorGate gate) {}

  /**
   * Judges a trial; where the gate refuses classes the network and a copula was tried too, judges
   * it anew with these classes by their copula.
   */
  Judged judge(CandidateTrials trials, CandidateTrials.Trial trial, SplittableRandom seeds) {
    GeneratorGate gate = measured(trials, trial, seeds);
    Set<Integer> refused = refused(gate, trial.draft());
    CandidateTrials.Trial mended = refused.isEmpty() ? null : trials.withCopulaOf(refused, trial);
    return mended == null
        ? new Judged(trial, gate)
        : new Judged(mended, measured(trials, mended, seeds));
  }

  /** Generates some thousand rows of each class and measures them. */
  private GeneratorGate measured(
      CandidateTrials trials, CandidateTrials.Trial trial, SplittableRandom seeds) {
    GeneratorGate gate = new GeneratorGate(tables, fingerprints);
    training.forEach(
        (name, rows) -> {
          if (rows.size() < fewestRows) {
            gate.refuse(
                name, "training rows must be >= %d, got %d".formatted(fewestRows, rows.size()));
          }
        });
    try (Generator generator = trials.open(trial)) {
      for (int labelClass = 0; labelClass < classes.size(); labelClass++) {
        String name = classes.get(labelClass);
        trials.listener().judging(name);
        GuidedGenerator.Drawn drawn = trials.drawn(generator, name, ROWS, seeds.nextLong());
        if (drawn.rows().isEmpty()) {
          gate.refuse(name, Guidance.shortfall(ROWS, 0, drawn.candidates(), drawn.rejected()));
        } else {
          gate.measure(
              name,
              trial.draft().recipe(labelClass),
              training.getOrDefault(name, List.of()),
              heldOut.getOrDefault(name, List.of()),
              drawn.rows());
        }
      }
    }
    return gate;
  }

  /** Returns the places of classes that the gate measured and refused the network. */
  private Set<Integer> refused(GeneratorGate gate, TokenDraft draft) {
    Set<Integer> refused = new TreeSet<>();
    for (int labelClass = 0; labelClass < classes.size(); labelClass++) {
      if (draft.hasNetwork(labelClass) && gate.measuredAndRefused(classes.get(labelClass))) {
        refused.add(labelClass);
      }
    }
    return refused;
  }
}

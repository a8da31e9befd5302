package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains class-conditional generators, keeps the one that measures best on held-out rows, and puts
 * it before the gate: tokens of every field, columns that follow from others, a copula for each
 * class, a network for the classes that have rows enough, calibration of the columns' shapes.
 *
 * <p>Where a copula was tried too, a class that the gate refuses the network has its copula
 * instead: a network may learn a class of some hundred rows by heart that others of the same model
 * are generated well by.
 *
 * <p>A family whose training fails is reported and left out. The copula never fails.
 */
public final class GeneratorTrainer {
  /** A class below this many training rows is refused. */
  private static final int FEWEST_ROWS = 10;

  private final GeneratorSettings settings;

  /** Makes a trainer; it keeps no state between trainings. */
  public GeneratorTrainer(GeneratorSettings settings) {
    this.settings = settings;
  }

  /**
   * Trains on the training rows and measures on the held-out rows. The same rows, settings and seed
   * give the same weights on the CPU.
   *
   * @param training samples with a class; samples without one are left out
   * @param heldOut samples with a class that training never sees
   * @throws IllegalArgumentException if no class has at least 10 training rows
   */
  public GeneratorModel train(
      StreamDefinition definition,
      List<Sample> training,
      List<Sample> heldOut,
      long seed,
      ModelDevice device) {
    return train(definition, training, heldOut, seed, device, GeneratorListener.NONE);
  }

  /** As {@link #train(StreamDefinition, List, List, long, ModelDevice)}, heard by a listener. */
  public GeneratorModel train(
      StreamDefinition definition,
      List<Sample> training,
      List<Sample> heldOut,
      long seed,
      ModelDevice device,
      GeneratorListener listener) {
    return trainOn(definition, RealRows.of(training), RealRows.of(heldOut), seed, device, listener);
  }

  /**
   * Trains on records that need not come from a stream; their entities may all be the same text.
   * Otherwise as {@link #train(StreamDefinition, List, List, long, ModelDevice)}.
   */
  public GeneratorModel trainOn(
      StreamDefinition definition,
      List<SyntheticRow> training,
      List<SyntheticRow> heldOut,
      long seed,
      ModelDevice device) {
    return trainOn(definition, training, heldOut, seed, device, GeneratorListener.NONE);
  }

  /** As {@link #trainOn(StreamDefinition, List, List, long, ModelDevice)}, heard by a listener. */
  public GeneratorModel trainOn(
      StreamDefinition definition,
      List<SyntheticRow> training,
      List<SyntheticRow> heldOut,
      long seed,
      ModelDevice device,
      GeneratorListener listener) {
    Map<String, List<SyntheticRow>> byClass = RealRows.byClass(training);
    List<String> classes = trainable(byClass);
    List<List<SyntheticRow>> records = classes.stream().map(name -> byClass.get(name)).toList();
    TokenEncoder encoder = fitEncoder(definition, records);
    TokenRows all = TokenRows.of(encoder, classes, records);
    SplittableRandom random = new SplittableRandom(seed);
    RowFingerprints fingerprints =
        RowFingerprints.of(random.nextLong(), records.stream().flatMap(List::stream).toList());
    SeenCombinations combinations =
        SeenCombinations.of(definition, records.stream().flatMap(List::stream).toList());
    LabelConsistency labels =
        definition.augmentation().generation().labelConsistency() > 0
            ? LabelConsistency.train(
                encoder, classes, records.stream().flatMap(List::stream).toList(), seed)
            : null;
    Guidance guidance = // copies and all: the gate counts them
        RowGuidance.of(definition, encoder, combinations, labels, Map.of(), row -> false);
    RealTables tables = new RealTables(encoder);
    List<SyntheticRow> known =
        heldOut.stream().filter(row -> classes.contains(row.labelClass())).toList();
    DraftTrainer drafts = new DraftTrainer(settings, all, device, listener);
    CandidateTrials trials =
        new CandidateTrials(
            tables,
            records.stream().flatMap(List::stream).toList(),
            known,
            draft ->
                new GeneratorModel(
                    encoder,
                    classes,
                    draft,
                    all.shares(),
                    fingerprints,
                    combinations,
                    labels,
                    GateReport.NONE),
            guidance,
            all,
            seed,
            device,
            listener);
    for (Recipe recipe : drafts.recipes()) {
      trials.add(recipe, () -> drafts.train(recipe, seed));
    }
    if (trials.candidates().isEmpty()) {
      trials.add(Recipe.COPULA, () -> drafts.train(Recipe.COPULA, seed));
    }
    ClassJudge judge =
        new ClassJudge(
            tables, fingerprints, classes, byClass, RealRows.byClass(known), FEWEST_ROWS);
    ClassJudge.Judged judged = judge.judge(trials, trials.best(), random);
    CandidateTrials.Trial best = judged.trial();
    GateReport report =
        judged
            .gate()
            .report(
                best.candidate().recipe(),
                trials.withLift(best, definition.augmentation().balance().keySet()),
                trials.candidates(),
                drafts.incidents());
    return new GeneratorModel(
        encoder, classes, best.draft(), all.shares(), fingerprints, combinations, labels, report);
  }

  /** Returns the classes with rows enough, the largest first: these have the network. */
  private static List<String> trainable(Map<String, List<SyntheticRow>> byClass) {
    List<String> classes =
        byClass.entrySet().stream()
            .filter(entry -> entry.getValue().size() >= FEWEST_ROWS)
            .sorted(
                Comparator.comparing(
                        (Map.Entry<String, List<SyntheticRow>> entry) -> -entry.getValue().size())
                    .thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .toList();
    if (classes.isEmpty()) {
      throw new IllegalArgumentException(
          "a generator must have a class of >= %d training rows, got none in %d classes"
              .formatted(FEWEST_ROWS, byClass.size()));
    }
    return classes;
  }

  /** Fits the tokens with weight count^-0.5 for a row, so that small classes get fine bins too. */
  private static TokenEncoder fitEncoder(
      StreamDefinition definition, List<List<SyntheticRow>> records) {
    List<SyntheticRow> rows = records.stream().flatMap(List::stream).toList();
    double[] weights =
        records.stream()
            .flatMapToDouble(some -> some.stream().mapToDouble(row -> 1 / Math.sqrt(some.size())))
            .toArray();
    return TokenEncoder.fit(definition, rows, weights);
  }
}

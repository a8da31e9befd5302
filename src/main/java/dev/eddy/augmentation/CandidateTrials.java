package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.Candidate;
import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.evaluation.quality.QualityJudge;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.evaluation.quality.RareClassifier;
import dev.eddy.evaluation.quality.RecordTable;
import dev.eddy.model.ModelDevice;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains and measures one family after the other, and says which is best: by utility, by likeness
 * of pairs of columns, and by how hard its rows are to tell from real ones. What endangers privacy
 * is behind all that does not.
 */
final class CandidateTrials {
  private static final int FEWEST_ROWS = 50;
  private static final int MOST_CANDIDATES = 10; // for a row that is measured

  private final RealTables tables;
  private final RecordTable training;
  private final RecordTable heldOut;
  private final @Nullable QualityJudge judge;
  private final Function<TokenDraft, GeneratorModel> models;
  private final Guidance guidance;
  private final TokenRows rows;
  private final long seed;
  private final ModelDevice device;
  private final GeneratorListener listener;
  private final List<Trial> trials = new ArrayList<>();

  /** One family's draft with what was measured on it. */
  record Trial(Candidate candidate, TokenDraft draft, @Nullable QualityReport quality) {}

  /**
   * Rows to train and to measure on; the models are for generating, not for publishing. What is
   * measured keeps the guidance's rules, as what is published does.
   */
  CandidateTrials(
      RealTables tables,
      List<SyntheticRow> training,
      List<SyntheticRow> heldOut,
      Function<TokenDraft, GeneratorModel> models,
      Guidance guidance,
      TokenRows rows,
      long seed,
      ModelDevice device,
      GeneratorListener listener) {
    this.listener = listener;
    this.tables = tables;
    this.training = tables.of(training);
    this.heldOut = tables.of(heldOut);
    this.judge = QualityJudge.of(this.training, this.heldOut, QualityJudge.Limits.STREAM, seed);
    this.models = models;
    this.guidance = guidance;
    this.rows = rows;
    this.seed = seed;
    this.device = device;
  }

  /** Trains and measures a family; one that gives null is left out. */
  void add(Recipe recipe, Supplier<@Nullable TokenDraft> training) {
    long start = cpuNanos();
    TokenDraft draft = training.get();
    double seconds = (cpuNanos() - start) / 1e9;
    if (draft == null) {
      return;
    }
    listener.measuring(recipe.text());
    QualityReport quality = measured(draft);
    trials.add(
        new Trial(CandidateScore.of(recipe, seconds, quality, trials.size()), draft, quality));
  }

  private @Nullable QualityReport measured(TokenDraft draft) {
    List<SyntheticRow> mixed = judge == null ? List.of() : mixed(draft);
    return judge == null || mixed.size() < FEWEST_ROWS ? null : judge.judge(tables.of(mixed));
  }

  /**
   * Returns a trial with some classes by their copula, measured anew.
   *
   * @return null where no copula was tried
   */
  @Nullable Trial withCopulaOf(Set<Integer> classes, Trial trial) {
    for (Trial other : trials) {
      if (other.candidate().recipe() == Recipe.COPULA) {
        TokenDraft draft = trial.draft().withCopulaOf(classes, other.draft());
        return new Trial(trial.candidate(), draft, measured(draft));
      }
    }
    return null;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Generates as many rows of each class as there are training rows. */
  private List<SyntheticRow> mixed(TokenDraft draft) {
    List<SyntheticRow> mixed = new ArrayList<>();
    int all = 0;
    for (int labelClass = 0; labelClass < rows.classes().size(); labelClass++) {
      all += rows.count(labelClass);
    }
    double kept = Math.min(1, QualityJudge.Limits.STREAM.classifierRows() / (double) all);
    try (Generator generator = models.apply(draft).open(device)) {
      for (int labelClass = 0; labelClass < rows.classes().size(); labelClass++) {
        int wanted = (int) Math.ceil(kept * rows.count(labelClass));
        mixed.addAll(draw(generator, rows.classes().get(labelClass), wanted, seed));
      }
    }
    return mixed;
  }

  private List<SyntheticRow> draw(
      Generator generator, String labelClass, int wanted, long drawSeed) {
    return drawn(generator, labelClass, wanted, drawSeed).rows();
  }

  /** Draws rows to be measured: where rules leave few candidates, fewer rows do as well. */
  GuidedGenerator.Drawn drawn(Generator generator, String labelClass, int wanted, long drawSeed) {
    return new GuidedGenerator(generator, guidance)
        .draw(labelClass, wanted, MOST_CANDIDATES * (long) wanted, drawSeed);
  }

  /** Returns who hears how far it is. */
  GeneratorListener listener() {
    return listener;
  }

  /** Opens the generator of a trial, copies and all; the caller closes it. */
  Generator open(Trial trial) {
    return models.apply(trial.draft()).open(device);
  }

  /** Returns what was measured, the best first. */
  List<Candidate> candidates() {
    return trials.stream()
        .map(Trial::candidate)
        .sorted(Comparator.comparingDouble(candidate -> -candidate.score()))
        .toList();
  }

  /** Returns the best. */
  Trial best() {
    return trials.stream()
        .max(Comparator.comparingDouble(trial -> trial.candidate().score()))
        .orElseThrow(() -> new IllegalStateException("a copula must always be had, got none"));
  }

  /** Returns a trial's report with the lift of these classes and of the rarest. */
  @Nullable QualityReport withLift(Trial trial, Set<String> asked) {
    QualityReport quality = trial.quality();
    if (quality == null) {
      return null;
    }
    LiftTrials lifts =
        new LiftTrials(training, heldOut, asked, seed, RareClassifier.byName(), listener);
    try (Generator generator = open(trial)) {
      return lifts.addTo(
          quality,
          (labelClass, wanted, drawSeed) ->
              tables.of(draw(generator, labelClass, wanted, drawSeed)));
    }
  }
}

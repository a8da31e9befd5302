package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.Candidate;
import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.evaluation.quality.LiftJudge;
import dev.eddy.evaluation.quality.QualityJudge;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.evaluation.quality.RecordTable;
import dev.eddy.model.ModelDevice;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains and measures one family after the other, and says which is best: by utility, by likeness
 * of pairs of columns, and by how hard its rows are to tell from real ones. What endangers privacy
 * is behind all that does not.
 */
final class CandidateTrials {
  private static final double TOLD = 0.1; // weight of the discriminative AUROC
  private static final double CLOSE_SHARE = 0.1;
  private static final double MEMBERSHIP = 0.55;
  private static final double COPIES = 0.001;
  private static final int MOST_LIFTS = 4;
  private static final double RARE = 0.1;
  private static final int LIFT_REPETITIONS = 5;
  private static final int FEWEST_LIFT_ROWS = 10;
  private static final int MOST_LIFT_ROWS = 4_000;
  private static final int LIFT_TIMES = 3;
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
    trials.add(new Trial(candidate(recipe, seconds, quality), draft, quality));
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

  /** Opens the generator of a trial, copies and all; the caller closes it. */
  Generator open(Trial trial) {
    return models.apply(trial.draft()).open(device);
  }

  private Candidate candidate(Recipe recipe, double seconds, @Nullable QualityReport quality) {
    if (quality == null) {
      // in the order of their trials where nothing can be measured
      return new Candidate(
          recipe, seconds, Double.NaN, Double.NaN, Double.NaN, List.of(), -trials.size());
    }
    QualityReport.Utility utility = quality.utility();
    double ratio = utility == null ? Double.NaN : utility.boosting().aucRatio();
    QualityReport.Fidelity fidelity = quality.fidelity();
    List<String> problems = privacyProblems(quality.privacy());
    double trends = Double.isNaN(fidelity.pairTrends()) ? 0 : fidelity.pairTrends();
    double score =
        (Double.isNaN(ratio) ? 0 : Math.min(1, ratio))
            + trends
            - TOLD * Math.max(0, fidelity.discriminativeAuc() - 0.5)
            - problems.size();
    return new Candidate(
        recipe,
        seconds,
        ratio,
        fidelity.pairTrends(),
        fidelity.discriminativeAuc(),
        problems,
        score);
  }

  private static List<String> privacyProblems(QualityReport.Privacy privacy) {
    List<String> problems = new ArrayList<>();
    if (privacy.copies() > privacy.naturalCopies() + COPIES) {
      problems.add(
          "copies must be <= %.4f, got %.4f"
              .formatted(privacy.naturalCopies() + COPIES, privacy.copies()));
    }
    if (privacy.closeShare() > CLOSE_SHARE) {
      problems.add(
          "share of close rows must be <= %.2f, got %.3f"
              .formatted(CLOSE_SHARE, privacy.closeShare()));
    }
    if (privacy.membershipAuc() > MEMBERSHIP) {
      problems.add(
          "membership AUROC must be <= %.2f, got %.3f"
              .formatted(MEMBERSHIP, privacy.membershipAuc()));
    }
    return problems;
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

  /** Returns a trial's report with the lift of the rarest classes. */
  @Nullable QualityReport withLift(Trial trial) {
    QualityReport quality = trial.quality();
    if (quality == null) {
      return null;
    }
    Map<String, QualityReport.Lift> lifts = new TreeMap<>();
    LiftJudge lift =
        new LiftJudge(
            training.atMost(MOST_LIFT_ROWS),
            heldOut.atMost(MOST_LIFT_ROWS),
            LIFT_REPETITIONS,
            seed);
    try (Generator generator = open(trial)) {
      for (int labelClass = rows.classes().size() - 1; labelClass > 0; labelClass--) {
        String name = rows.classes().get(labelClass);
        int count = training.atMost(MOST_LIFT_ROWS).ofClass(name).rows();
        boolean judged =
            count >= FEWEST_LIFT_ROWS
                && count < RARE * Math.min(MOST_LIFT_ROWS, training.rows())
                && heldOut.atMost(MOST_LIFT_ROWS).ofClass(name).rows() >= FEWEST_LIFT_ROWS;
        if (judged && lifts.size() < MOST_LIFTS) {
          lifts.put(
              name, lift.judge(name, s -> tables.of(draw(generator, name, LIFT_TIMES * count, s))));
        }
      }
    }
    return quality.withLift(lifts);
  }
}

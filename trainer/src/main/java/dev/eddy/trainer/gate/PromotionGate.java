package dev.eddy.trainer.gate;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures candidate and champion on the same held-out rows, which neither was trained on, and lets
 * the candidate pass unless it is worse.
 *
 * <p>With enough labelled anomalies the measure is the area under the precision-recall curve
 * (AUPRC) of labelled anomalies against all other rows; before that, the area under the ROC curve
 * of {@link PlantedAnomalies} against the rows that they were made of.
 *
 * <p>"Not worse" leaves room for chance: {@value #AUPRC_TOLERANCE} of AUPRC, which moves by about
 * that much when a few of a hundred labelled rows change places, and {@value #AUROC_TOLERANCE} of
 * AUROC, about two standard errors for a thousand rows of each kind. Whatever its champion, a
 * candidate that tells anomalies no better than a coin is refused.
 */
public final class PromotionGate {
  static final double AUPRC_TOLERANCE = 0.02;
  static final double AUROC_TOLERANCE = 0.01;
  private static final int FEWEST_ANOMALIES = 10;
  private static final int FEWEST_NORMAL = 20;
  private static final int MOST_CORRUPTED = 1_000;
  private static final double COIN = 0.5;

  private final StreamDefinition definition;
  private final long seed;

  /**
   * Makes a gate.
   *
   * @param seed the same rows and seed give the same planted anomalies for every version
   */
  public PromotionGate(StreamDefinition definition, long seed) {
    this.definition = requireNonNull(definition, "definition");
    this.seed = seed;
  }

  /**
   * Compares.
   *
   * @param champion null when there is none that could be opened for this definition
   * @param heldOut rows that were held out of the training of both
   */
  public GateVerdict judge(
      AnomalyScores candidate, @Nullable AnomalyScores champion, List<Sample> heldOut) {
    List<Observation> normal = new ArrayList<>();
    List<Observation> anomalies = new ArrayList<>();
    for (Sample sample : heldOut) {
      (sample.truth() == Truth.ANOMALOUS ? anomalies : normal).add(sample.observation());
    }
    if (normal.size() < FEWEST_NORMAL) {
      return unmeasured(champion, normal.size());
    }
    boolean labelled = anomalies.size() >= FEWEST_ANOMALIES;
    Measure measure = labelled ? Measure.LABELLED : Measure.PLANTED;
    List<Observation> positives =
        labelled ? anomalies : PlantedAnomalies.of(definition, normal, MOST_CORRUPTED, seed);
    Figures candidateFigures = measure(candidate, normal, positives);
    Figures championFigures = champion == null ? null : measure(champion, normal, positives);
    return verdict(measure, candidateFigures, championFigures, normal.size(), positives.size());
  }

  /** By what candidate and champion are compared. */
  private enum Measure {
    LABELLED("auprc", AUPRC_TOLERANCE, "labelled anomalies"),
    PLANTED("plantedAuroc", AUROC_TOLERANCE, "planted anomalies");

    private final String metric;
    private final double tolerance;
    private final String positives;

    Measure(String metric, double tolerance, String positives) {
      this.metric = metric;
      this.tolerance = tolerance;
      this.positives = positives;
    }

    double of(Figures figures) {
      return this == LABELLED ? figures.auprc() : figures.auroc();
    }
  }

  private record Figures(double auroc, double auprc) {}

  private static Figures measure(
      AnomalyScores model, List<Observation> normal, List<Observation> anomalies) {
    List<LabelledScore> scores = new ArrayList<>();
    for (double score : model.score(normal)) {
      scores.add(LabelledScore.of(score, false));
    }
    for (double score : model.score(anomalies)) {
      scores.add(LabelledScore.of(score, true));
    }
    return new Figures(
        DetectionMetrics.auroc(scores).orElseThrow(),
        DetectionMetrics.averagePrecision(scores).orElseThrow());
  }

  private static GateVerdict verdict(
      Measure measure, Figures candidate, @Nullable Figures champion, int normal, int positives) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put(measure.metric, measure.of(candidate));
    metrics.put(measure == Measure.LABELLED ? "auroc" : "plantedAuroc", candidate.auroc());
    metrics.put("heldOutNormal", (double) normal);
    metrics.put("heldOutAnomalies", measure == Measure.LABELLED ? positives : 0.0);
    if (champion != null) {
      metrics.put("champion." + measure.metric, measure.of(champion));
    }
    String figures =
        "%s %.4f against %s on %d held-out rows and %d %s"
            .formatted(
                measure.metric,
                measure.of(candidate),
                champion == null
                    ? "no champion"
                    : String.format(Locale.ROOT, "%.4f", measure.of(champion)),
                normal,
                positives,
                measure.positives);
    if (candidate.auroc() <= COIN) {
      return new GateVerdict(
          false,
          "refused: no better than a coin, auroc %.4f; ".formatted(candidate.auroc()) + figures,
          metrics);
    }
    if (champion != null && measure.of(candidate) < measure.of(champion) - measure.tolerance) {
      return new GateVerdict(false, "refused: worse than the champion, " + figures, metrics);
    }
    return new GateVerdict(true, "promoted: not worse, " + figures, metrics);
  }

  private static GateVerdict unmeasured(@Nullable AnomalyScores champion, int normal) {
    String rows =
        "held-out rows that are not labelled anomalous must be at least %d, got %d"
            .formatted(FEWEST_NORMAL, normal);
    return champion == null
        ? new GateVerdict(
            true, "promoted: unmeasured, but there is no champion; " + rows, new TreeMap<>())
        : new GateVerdict(false, "refused: unmeasured; " + rows, new TreeMap<>());
  }
}

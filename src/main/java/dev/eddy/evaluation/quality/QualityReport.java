package dev.eddy.evaluation.quality;

import dev.eddy.definition.StreamDefinition.BalanceJudge;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was measured on synthetic records against held-out real ones. Figures that the rows at hand
 * do not allow are NaN, parts that were not measured null; {@link #notes} says why.
 *
 * @param trainingRows real rows that the generator was trained on
 * @param heldOutRows real rows that nobody trained on
 * @param syntheticRows generated rows that were measured
 * @param fidelity likeness
 * @param utility what a classifier learns from them; null where there is one class only
 * @param lift by class that is rare, then by classifier ({@link RareClassifier#byName}), what
 *     adding its synthetic records does for it
 * @param liftNotMeasured by class whose lift was not measured, why
 * @param coverage whether all kinds of real records are there
 * @param privacy whether they give training records away
 * @param frechetDistance the FID of records: Fréchet distance between Gaussians fitted to held-out
 *     and synthetic rows in the space of the training rows' principal components; 0 is perfect
 * @param naturalFrechetDistance the same between held-out and training rows
 * @param notes what could not be measured and why
 */
public record QualityReport(
    int trainingRows,
    int heldOutRows,
    int syntheticRows,
    Fidelity fidelity,
    @Nullable Utility utility,
    Map<String, Map<String, Lift>> lift,
    Map<String, String> liftNotMeasured,
    Coverage coverage,
    Privacy privacy,
    double frechetDistance,
    double naturalFrechetDistance,
    List<String> notes) {

  /** Copies the collections. */
  public QualityReport {
    lift = new TreeMap<>(lift);
    lift.replaceAll((labelClass, byClassifier) -> new TreeMap<>(byClassifier));
    // reports of generators that were trained before there was such a thing have none
    liftNotMeasured = liftNotMeasured == null ? Map.of() : new TreeMap<>(liftNotMeasured);
    notes = List.copyOf(notes);
  }

  /**
   * Returns the same with the lift that {@link LiftJudge} measured.
   *
   * @param notMeasured by class, why it was not
   */
  public QualityReport withLift(
      Map<String, Map<String, Lift>> measured, Map<String, String> notMeasured) {
    return new QualityReport(
        trainingRows,
        heldOutRows,
        syntheticRows,
        fidelity,
        utility,
        measured,
        notMeasured,
        coverage,
        privacy,
        frechetDistance,
        naturalFrechetDistance,
        notes);
  }

  /**
   * Says why it is not certain that records of a class help a classifier that the judge names: that
   * it was not measured, or what was.
   *
   * @return empty: it is certain
   */
  public Optional<String> doubt(String labelClass, BalanceJudge judge) {
    Map<String, Lift> measured = new TreeMap<>(lift.getOrDefault(labelClass, Map.of()));
    measured.keySet().removeIf(classifier -> !judge.names(classifier));
    if (measured.isEmpty()) {
      return Optional.of(
          "what a classifier gains by the records was not measured: "
              + liftNotMeasured.getOrDefault(
                  labelClass, "the class was not asked for when the generator was trained"));
    }
    if (measured.values().stream().anyMatch(Lift::helps)) {
      return Optional.empty();
    }
    int positives = measured.values().iterator().next().heldOutPositives();
    return Optional.of(
        positives < Lift.FEWEST_POSITIVES
            ? "what a classifier gains by the records cannot be told: held-out rows must be >= %d, got %d"
                .formatted(Lift.FEWEST_POSITIVES, positives)
            : "no classifier gains by the records for certain: "
                + measured.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue().gainText())
                    .collect(Collectors.joining(", ")));
  }

  /**
   * Likeness; 1 is perfect for shapes and trends. Finitely many rows are never quite alike, so what
   * the training rows themselves reach stands beside.
   *
   * @param columnShapes mean over columns of 1 - Kolmogorov-Smirnov statistic (numbers) and 1 -
   *     total variation distance (categories), as SDMetrics defines them, against held-out rows
   * @param naturalColumnShapes the same of training rows against held-out rows
   * @param trainingColumnShapes the same of synthetic against training rows
   * @param shapesByColumn against held-out rows by column
   * @param pairTrends mean over pairs of columns of SDMetrics' correlation similarity (two numbers)
   *     and contingency similarity (all other pairs; numbers in ten bins), against held-out rows
   * @param naturalPairTrends the same of training rows against held-out rows
   * @param independentPairTrends the same of training rows whose columns were shuffled within their
   *     classes: what shapes and classes alone reach
   * @param trainingPairTrends the same of synthetic against training rows
   * @param trendsByColumn against held-out rows, mean over the pairs that a column is in
   * @param discriminativeAuc AUROC of gradient boosting that tells synthetic from held-out real
   *     rows, cross-validated; .5: it cannot
   * @param naturalDiscriminativeAuc the same of training rows
   */
  public record Fidelity(
      double columnShapes,
      double naturalColumnShapes,
      double trainingColumnShapes,
      Map<String, Double> shapesByColumn,
      double pairTrends,
      double naturalPairTrends,
      double independentPairTrends,
      double trainingPairTrends,
      Map<String, Double> trendsByColumn,
      double discriminativeAuc,
      double naturalDiscriminativeAuc) {
    /** Copies the maps. */
    public Fidelity {
      shapesByColumn = new TreeMap<>(shapesByColumn);
      trendsByColumn = new TreeMap<>(trendsByColumn);
    }

    /** Returns the column with the lowest shape. */
    public double worstShape() {
      return shapesByColumn.values().stream().mapToDouble(v -> v).min().orElse(Double.NaN);
    }
  }

  /**
   * Trained on synthetic, tested on real: as many rows as real training rows, in the same class
   * mix, both tested on the held-out rows.
   *
   * @param boosting gradient boosting
   * @param logistic logistic regression
   */
  public record Utility(Judged boosting, Judged logistic) {}

  /**
   * One classifier's scores.
   *
   * @param realAuc AUROC after training on real rows; over more than two classes the mean of one
   *     against the rest, weighted by held-out rows
   * @param syntheticAuc the same after training on synthetic rows
   * @param realF1 macro-F1 after training on real rows
   * @param syntheticF1 the same after training on synthetic rows
   */
  public record Judged(double realAuc, double syntheticAuc, double realF1, double syntheticF1) {
    /** Returns synthetic over real AUROC. */
    public double aucRatio() {
      return syntheticAuc / realAuc;
    }

    /** Returns synthetic over real macro-F1. */
    public double f1Ratio() {
      return syntheticF1 / realF1;
    }
  }

  /**
   * What it does for one rare class to add synthetic records of it to all real rows: one
   * classifier, the class against the rest, over paired repetitions.
   *
   * @param trainingPositives real rows of the class that were trained on
   * @param heldOutPositives real rows of the class that it was tested on
   * @param repetitions how many pairs
   * @param plain real rows alone
   * @param weighted real rows with weights that balance the classes
   * @param oversampled real rows with the class's rows repeated
   * @param augmented real and synthetic rows
   * @param precisionGain mean difference in average precision from augmented to the best of the
   *     others
   * @param low lower end of its 95 % interval, by bootstrap of the held-out rows
   * @param high upper end
   * @param recallGain mean difference in recall at precision 0.9 from augmented to the best of the
   *     others
   * @param recallLow lower end of its 95 % interval
   * @param recallHigh upper end
   * @param helps whether it is certain that synthetic rows help: at least {@value
   *     #FEWEST_POSITIVES} held-out rows of the class, and an interval of average precision above 0
   */
  public record Lift(
      int trainingPositives,
      int heldOutPositives,
      int repetitions,
      Ranking plain,
      Ranking weighted,
      Ranking oversampled,
      Ranking augmented,
      double precisionGain,
      double low,
      double high,
      double recallGain,
      double recallLow,
      double recallHigh,
      boolean helps) {
    /** Fewer held-out rows of the class than this allow no claim. */
    public static final int FEWEST_POSITIVES = 50;

    /** Returns the gain in average precision with its interval. */
    String gainText() {
      return String.format(
          Locale.ROOT, "%+.3f average precision (%+.3f to %+.3f)", precisionGain, low, high);
    }
  }

  /**
   * How well a class's rows are ranked above all others, mean over repetitions.
   *
   * @param averagePrecision area under the precision-recall curve
   * @param recallAtPrecision90 largest recall with a precision of at least 0.9
   */
  public record Ranking(double averagePrecision, double recallAtPrecision90) {}

  /**
   * Whether all kinds of real records are there.
   *
   * @param modes k-means cells of the training rows
   * @param found share of the cells, weighted by held-out rows, in which synthetic rows are at
   *     least half as frequent as held-out ones
   * @param naturalFound the same share for as many training rows
   */
  public record Coverage(int modes, double found, double naturalFound) {}

  /**
   * Whether synthetic rows give training rows away.
   *
   * @param copies share that equal a training row in every field
   * @param naturalCopies the same share of held-out rows
   * @param distanceRatio median distance to the nearest training row, over that of held-out rows;
   *     below 1 they are nearer than fresh real rows are
   * @param closeShare share that is nearer to a training row than 95 % of held-out rows are; 0.05
   *     is natural
   * @param membershipAuc AUROC of an attacker who holds records that were trained on as likely as
   *     not, and bets on those nearest to a synthetic row; .5: no better than a coin
   */
  public record Privacy(
      double copies,
      double naturalCopies,
      double distanceRatio,
      double closeShare,
      double membershipAuc) {}
}

package dev.eddy.trainer.gate;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.trainer.gate.Comparison.Measure;
import dev.eddy.trainer.gate.GateVerdict.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures candidate and champion on the same held-out rows, which neither was trained on, and lets
 * the candidate pass if it passes every check:
 *
 * <ul>
 *   <li>health: weights and scores are finite, and the scores differ from row to row;
 *   <li>coin: it tells anomalies better than a coin;
 *   <li>calibration: of the held-out rows that nobody calls anomalous, it may find at most {@value
 *       Comparison#MOST_FALSE_ALARMS} to be one in a hundred, or no more than the champion does;
 *   <li>speed: at least {@value Comparison#LEAST_ROWS_PER_SECOND} rows a second and a quarter of
 *       the champion;
 *   <li>quality: not worse than the champion, or better by what the definition asks for;
 *   <li>calm: while the stream is disturbed, better beyond doubt: what the guard withholds is
 *       missing from the held-out rows as well, so that "not worse" on them says nothing of the
 *       records that come now.
 * </ul>
 *
 * <p>With enough labelled anomalies the measure of quality is the area under the precision-recall
 * curve (AUPRC) of labelled anomalies against all other rows; before that, the area under the ROC
 * curve of {@link PlantedAnomalies} against the rows that they were made of.
 *
 * <p>"Not worse" leaves room for chance: {@value Comparison#AUPRC_TOLERANCE} of AUPRC or {@value
 * Comparison#AUROC_TOLERANCE} of AUROC. Where a {@link BlockBootstrap} of the difference shows that
 * even its favourable end is worse, the candidate is refused however little it lost: small losses
 * that are certain add up over many promotions, and are larger in a stream that holds more
 * anomalies than the held-out rows do or fewer. And where it comes out below the champion at all,
 * the unfavourable end may not lie further below than twice the tolerance: with few labelled
 * anomalies a loss of .03 looks like one of .005 every other time.
 */
public final class PromotionGate {
  private static final int FEWEST_ANOMALIES = 10;
  private static final int FEWEST_NORMAL = 20;
  private static final int MOST_CORRUPTED = 1_000;

  private final StreamDefinition definition;
  private final long seed;
  private final LongSupplier nanoTime;

  /**
   * Makes a gate.
   *
   * @param seed the same rows and seed give the same planted anomalies for every version
   */
  public PromotionGate(StreamDefinition definition, long seed) {
    this(definition, seed, System::nanoTime);
  }

  PromotionGate(StreamDefinition definition, long seed, LongSupplier nanoTime) {
    this.definition = requireNonNull(definition, "definition");
    this.seed = seed;
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
  }

  /**
   * Compares.
   *
   * @param defects what is wrong with the candidate's weights; empty: nothing
   * @param champion null when there is none that could be opened for this definition
   * @param heldOut rows that were held out of the training of both
   * @param disturbance how much more of the newest records than usual the champion finds extreme,
   *     in [0, 1]; more than {@value Comparison#MOST_DISTURBED} is a disturbance
   */
  public GateVerdict judge(
      AnomalyScores candidate,
      List<String> defects,
      @Nullable AnomalyScores champion,
      List<Sample> heldOut,
      double disturbance) {
    if (!defects.isEmpty()) {
      return unhealthy(String.join("; ", defects));
    }
    List<Observation> normal = new ArrayList<>();
    List<Observation> anomalies = new ArrayList<>();
    for (Sample sample : heldOut) {
      (sample.truth() == Truth.ANOMALOUS ? anomalies : normal).add(sample.observation());
    }
    if (normal.size() < FEWEST_NORMAL) {
      return unmeasured(champion, normal.size());
    }
    boolean labelled = anomalies.size() >= FEWEST_ANOMALIES;
    List<Observation> positives =
        labelled ? anomalies : PlantedAnomalies.of(definition, normal, MOST_CORRUPTED, seed);
    Measured measured;
    try {
      measured = Measured.of(candidate, normal, positives, nanoTime);
    } catch (RuntimeException e) { // whatever a broken model makes its scorer throw
      return unhealthy("held-out rows must be scored, got " + e);
    }
    if (!measured.isFinite() || measured.distinct() < 2) {
      return unhealthy(
          "scores must be finite and differ from row to row, got %d different ones"
              .formatted(measured.distinct()));
    }
    Measured of = champion == null ? null : Measured.of(champion, normal, positives, nanoTime);
    return new Comparison(
            labelled ? Measure.LABELLED : Measure.PLANTED,
            measured,
            of,
            definition.training().gate().minimumImprovement(),
            disturbance,
            seed)
        .verdict(normal, positives);
  }

  private static GateVerdict unhealthy(String detail) {
    return new GateVerdict(
        false,
        false,
        "refused: unhealthy, " + detail,
        List.of(new Check("health", false, detail)),
        new TreeMap<>());
  }

  private static GateVerdict unmeasured(@Nullable AnomalyScores champion, int normal) {
    String rows =
        "held-out rows that are not labelled anomalous must be at least %d, got %d"
            .formatted(FEWEST_NORMAL, normal);
    return new GateVerdict(
        champion == null,
        true,
        champion == null
            ? "promoted: unmeasured, but there is no champion; " + rows
            : "refused: unmeasured; " + rows,
        List.of(new Check("quality", champion == null, rows)),
        new TreeMap<>());
  }
}

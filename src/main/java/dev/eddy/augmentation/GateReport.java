package dev.eddy.augmentation;

import dev.eddy.evaluation.quality.Dependence;
import dev.eddy.evaluation.quality.Nearness;
import dev.eddy.evaluation.quality.QualityReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the gate measured on a generator, against held-out real rows.
 *
 * @param columnShapes mean over columns and measured classes of 1 - KS (numbers) and 1 - total
 *     variation (categories), as SDMetrics defines them; 1 is perfect, NaN where no class could be
 *     measured
 * @param columnShapesByColumn the same by column
 * @param classes class to what was measured on it
 * @param refusals class to the reasons why the generator may not publish it; a class that is not a
 *     key may be published
 * @param recipe how classes with rows enough are generated
 * @param quality what was measured on all classes together, in the class mix of the training rows
 * @param candidates what each family measured that was trained; the first is the one that was kept
 * @param incidents what went wrong in training and what was done
 */
public record GateReport(
    double columnShapes,
    Map<String, Double> columnShapesByColumn,
    Map<String, ClassReport> classes,
    Map<String, List<String>> refusals,
    Recipe recipe,
    @Nullable QualityReport quality,
    List<Candidate> candidates,
    List<String> incidents) {

  /** How a class is generated. */
  public enum Recipe {
    /** The conditional variational autoencoder. */
    VAE,
    /** The conditional diffusion model. */
    DIFFUSION,
    /** The adversarial network on top of the class's copula. */
    GAN,
    /** The class's copula alone: it has too few rows for a network. */
    COPULA;

    /** Returns its name as people read it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was measured on one family before one was chosen.
   *
   * @param trainSeconds CPU time of its training
   * @param utility synthetic over real AUROC of gradient boosting; NaN where there is one class
   * @param pairTrends likeness of pairs of columns
   * @param discriminativeAuc how well synthetic are told from real rows; .5 is perfect
   * @param privacyProblems what the gate holds against its privacy; empty: nothing
   * @param score what the choice goes by; higher is better
   */
  public record Candidate(
      Recipe recipe,
      double trainSeconds,
      double utility,
      double pairTrends,
      double discriminativeAuc,
      List<String> privacyProblems,
      double score) {
    /** Copies the list. */
    public Candidate {
      privacyProblems = List.copyOf(privacyProblems);
    }
  }

  /**
   * What was measured on one class.
   *
   * @param columnShapes generated against held-out rows, mean over columns
   * @param naturalColumnShapes training rows against held-out rows: what a perfect copy of the
   *     training distribution would reach; far below 1 when few rows are held out
   * @param trainingColumnShapes generated against training rows
   * @param copies share of generated rows, before copies are drawn again, that equal a training row
   *     in every field but the entity
   * @param naturalCopies the same share of held-out rows
   * @param nearness to the training rows, and what is natural
   * @param dependence of columns on each other, and what is natural; null in reports of models that
   *     were trained before it was measured
   */
  public record ClassReport(
      Recipe recipe,
      int trainingRows,
      int heldOutRows,
      double columnShapes,
      double naturalColumnShapes,
      double trainingColumnShapes,
      double copies,
      double naturalCopies,
      Nearness nearness,
      @Nullable Dependence dependence) {}

  /** Of a generator that was not measured; it allows no class. */
  static final GateReport NONE =
      new GateReport(
          Double.NaN, Map.of(), Map.of(), Map.of(), Recipe.COPULA, null, List.of(), List.of());

  /** Copies the maps, in order of their keys. */
  public GateReport {
    columnShapesByColumn = new TreeMap<>(columnShapesByColumn);
    classes = new TreeMap<>(classes);
    refusals = new TreeMap<>(refusals);
    candidates = List.copyOf(candidates);
    incidents = List.copyOf(incidents);
  }

  /** Returns whether records of this class may be published. */
  public boolean allows(String labelClass) {
    return classes.containsKey(labelClass) && !refusals.containsKey(labelClass);
  }
}

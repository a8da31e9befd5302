package dev.eddy.benchmarks.augmentation;

import dev.eddy.evaluation.quality.QualityReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The figures of one kind of synthetic rows on one set, by name. */
final class AugmentationFigures {
  private AugmentationFigures() {}

  /** Returns a report as figures. */
  static Map<String, Double> of(QualityReport report) {
    QualityReport.Utility utility = Objects.requireNonNull(report.utility(), "utility");
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("aucRatio", utility.boosting().aucRatio());
    figures.put("f1Ratio", utility.boosting().f1Ratio());
    figures.put("logisticAucRatio", utility.logistic().aucRatio());
    figures.put("logisticF1Ratio", utility.logistic().f1Ratio());
    figures.put("columnShapes", report.fidelity().columnShapes());
    figures.put("trainingColumnShapes", report.fidelity().trainingColumnShapes());
    figures.put("naturalColumnShapes", report.fidelity().naturalColumnShapes());
    figures.put("pairTrends", report.fidelity().pairTrends());
    figures.put("trainingPairTrends", report.fidelity().trainingPairTrends());
    figures.put("naturalPairTrends", report.fidelity().naturalPairTrends());
    figures.put("discriminativeAuc", report.fidelity().discriminativeAuc());
    figures.put("copies", report.privacy().copies());
    figures.put("naturalCopies", report.privacy().naturalCopies());
    figures.put("distanceRatio", report.privacy().distanceRatio());
    figures.put("closeShare", report.privacy().closeShare());
    figures.put("membershipAuc", report.privacy().membershipAuc());
    figures.put("modesFound", report.coverage().found());
    figures.put("frechet", report.frechetDistance());
    figures.put("realAuc", utility.boosting().realAuc());
    figures.put("realF1", utility.boosting().realF1());
    return figures;
  }

  /** Returns a line for people. */
  static String line(String name, Map<String, Double> figures) {
    StringBuilder line = new StringBuilder("%-10s".formatted(name));
    figures.forEach(
        (figure, value) ->
            line.append(
                String.format(
                    Locale.ROOT,
                    Math.abs(value) >= 100 ? " %s %,.0f" : " %s %.4f",
                    figure,
                    value)));
    return line.toString();
  }

  /** Adds figures to a sum. */
  static void add(Map<String, Double> sum, Map<String, Double> figures, int count) {
    figures.forEach((name, value) -> sum.merge(name, value / count, Double::sum));
  }
}

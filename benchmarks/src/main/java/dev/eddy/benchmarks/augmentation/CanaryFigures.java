package dev.eddy.benchmarks.augmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well shares found among some rows say what is found among the real rows held out. */
final class CanaryFigures {
  private CanaryFigures() {}

  /** A share found among the rows asked for, and among the real ones. */
  private record Pair(double told, double real) {}

  /**
   * Returns means over seeds, and of the mean difference its standard error: over all attacks and
   * parts, and of the fused score alone.
   */
  static Map<String, Double> of(List<CanaryRun> runs, int known, String kind, int seeds) {
    List<List<Pair>> parts = new ArrayList<>();
    List<List<Pair>> fused = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      List<Pair> ofParts = new ArrayList<>();
      List<Pair> ofFused = new ArrayList<>();
      for (CanaryRun run : runs) {
        if (run.is(known, kind, seed)) {
          Map<String, Double> real = real(runs, run);
          run.rates()
              .forEach(
                  (part, rate) ->
                      (part.equals(CanaryBenchmark.FUSED) ? ofFused : ofParts)
                          .add(new Pair(rate, real.getOrDefault(part, Double.NaN))));
        }
      }
      parts.add(ofParts);
      fused.add(ofFused);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    add(figures, "parts", parts);
    add(figures, "fused", fused);
    return figures;
  }

  private static Map<String, Double> real(List<CanaryRun> runs, CanaryRun of) {
    return runs.stream()
        .filter(run -> run.is(of.known(), CanaryBenchmark.REAL, of.seed()))
        .filter(run -> run.attack().equals(of.attack()))
        .findFirst()
        .map(CanaryRun::rates)
        .orElse(Map.of());
  }

  private static void add(Map<String, Double> figures, String name, List<List<Pair>> bySeed) {
    double[] differences = bySeed.stream().mapToDouble(CanaryFigures::difference).toArray();
    double mean = Arrays.stream(differences).average().orElse(Double.NaN);
    double squares = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
    figures.put(name + "Difference", mean);
    figures.put(
        name + "Error",
        Math.sqrt(squares / Math.max(1, differences.length - 1) / differences.length));
    figures.put(
        name + "Bias",
        bySeed.stream()
            .flatMap(List::stream)
            .mapToDouble(pair -> pair.told() - pair.real())
            .average()
            .orElse(Double.NaN));
    figures.put(
        name + "Correlation",
        bySeed.stream().mapToDouble(CanaryFigures::correlation).average().orElse(Double.NaN));
  }

  private static double difference(List<Pair> pairs) {
    return pairs.stream()
        .mapToDouble(pair -> Math.abs(pair.told() - pair.real()))
        .average()
        .orElse(Double.NaN);
  }

  private static double correlation(List<Pair> pairs) {
    double told = pairs.stream().mapToDouble(Pair::told).average().orElse(Double.NaN);
    double real = pairs.stream().mapToDouble(Pair::real).average().orElse(Double.NaN);
    double both = 0;
    double ofTold = 0;
    double ofReal = 0;
    for (Pair pair : pairs) {
      both += (pair.told() - told) * (pair.real() - real);
      ofTold += (pair.told() - told) * (pair.told() - told);
      ofReal += (pair.real() - real) * (pair.real() - real);
    }
    return both / Math.sqrt(ofTold * ofReal);
  }
}

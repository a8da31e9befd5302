package dev.eddy.benchmarks.detection;

import dev.eddy.evaluation.Quality;
import dev.eddy.event.TableFile;
import dev.eddy.event.TableRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Published figures of other methods (Han et al., "ADBench", NeurIPS 2022), where the folder holds
 * them: a row for each set, a column for each method, in percent.
 */
final class Published {
  private static final String SET = "dataset";

  private final Map<String, Map<String, Double>> auroc;
  private final Map<String, Map<String, Double>> auprc;

  private Published(
      Map<String, Map<String, Double>> auroc, Map<String, Map<String, Double>> auprc) {
    this.auroc = auroc;
    this.auprc = auprc;
  }

  /** Reads both files; holds nothing where they are missing. */
  static Published read(Path folder) {
    return new Published(
        table(folder.resolve("published_aucroc.csv")),
        table(folder.resolve("published_aucpr.csv")));
  }

  private static Map<String, Map<String, Double>> table(Path file) {
    Map<String, Map<String, Double>> byMethod = new HashMap<>();
    if (!Files.exists(file)) {
      return byMethod;
    }
    try (TableFile rows = TableFile.open(file)) {
      while (rows.hasNext()) {
        TableRow row = rows.next();
        String set = row.text(SET);
        for (String method : row.values().keySet()) {
          String value = row.text(method);
          if (set != null && value != null && !method.equals(SET)) {
            byMethod
                .computeIfAbsent(method, name -> new HashMap<>())
                .put(set, Double.parseDouble(value) / 100);
          }
        }
      }
    }
    return byMethod;
  }

  /** The method of highest mean AUROC among those that have a figure for each set. */
  record Best(String method, Quality mean) {}

  /** Returns the best published method of a setting over sets; null where there is none. */
  @Nullable Best best(Setting setting, Collection<String> sets) {
    Best best = null;
    for (Map.Entry<String, Map<String, Double>> entry : auroc.entrySet()) {
      if (setting.compares(entry.getKey()) && entry.getValue().keySet().containsAll(sets)) {
        Map<String, Double> precisions = auprc.getOrDefault(entry.getKey(), Map.of());
        Quality mean = new Quality(mean(entry.getValue(), sets), mean(precisions, sets));
        if (best == null || mean.auroc() > best.mean().auroc()) {
          best = new Best(entry.getKey(), mean);
        }
      }
    }
    return best;
  }

  private static double mean(Map<String, Double> figures, Collection<String> sets) {
    return sets.stream()
        .mapToDouble(set -> figures.getOrDefault(set, Double.NaN))
        .average()
        .orElse(Double.NaN);
  }
}

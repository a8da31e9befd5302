package dev.eddy.benchmarks.detection;

import dev.eddy.evaluation.FalseAlarms;
import dev.eddy.evaluation.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The runs of a benchmark as tables: means over seeds, then over sets. */
final class DetectionTables {
  private static final List<String> REFERENCES = List.of("isolationForest", "kNN", "PCA");

  /** Of the references, those that the ensemble's worst set is measured against. */
  private static final List<String> RIVALS = List.of("isolationForest", "kNN");

  /**
   * The set on which the ensemble falls behind its rivals most.
   *
   * @param auroc by how much less it has than the better of them; negative: it has more on all sets
   */
  record Shortfall(String set, double auroc) {}

  private final List<DetectionRun> runs;
  private final Published published;

  DetectionTables(List<DetectionRun> runs, Published published) {
    this.runs = List.copyOf(runs);
    this.published = published;
  }

  /** Returns one run as a line of progress. */
  static String line(DetectionRun run) {
    Quality eddy = run.figures().get(DetectionRun.EDDY);
    return String.format(
        Locale.ROOT,
        "%-12s %-13s seed %d: %s, trained in %.1f s",
        run.set(),
        run.setting(),
        run.seed(),
        eddy == null ? "-" : cell(eddy),
        run.trainSeconds());
  }

  /** Returns all figures as one object. */
  Map<String, Object> json(List<Setting> settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Setting setting : settings) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("sets", sets(setting).size());
      entry.put("mean", means(setting));
      Map<String, Object> bySet = new LinkedHashMap<>();
      for (String set : sets(setting)) {
        bySet.put(set, bySet(setting, set));
      }
      entry.put("bySet", bySet);
      entry.put("falseAlarms", falseAlarms(setting));
      Published.Best best = published.best(setting, sets(setting));
      if (best != null) {
        entry.put("bestPublished", Map.of("method", best.method(), "mean", best.mean()));
      }
      shortfall(setting).ifPresent(worst -> entry.put("worstShortfall", worst));
      entry.put("trainSecondsMean", mean(setting, DetectionRun::trainSeconds));
      json.put(setting.name(), entry);
    }
    return json;
  }

  /** Returns all figures as tables in Markdown. */
  String markdown(List<Setting> settings) {
    StringBuilder text = new StringBuilder();
    text.append("| setting | sets | Eddy | Isolation Forest | kNN | PCA | best published mean |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Setting setting : settings) {
      Map<String, Quality> means = means(setting);
      Published.Best best = published.best(setting, sets(setting));
      row(
          text,
          setting.name(),
          String.valueOf(sets(setting).size()),
          means,
          best == null ? "" : best.method() + " " + cell(best.mean()));
    }
    for (Setting setting : settings) {
      text.append("\n").append(setting.name()).append(":\n\n");
      text.append("| set | | Eddy | Isolation Forest | kNN | PCA | best part |\n");
      text.append("|---|---|---|---|---|---|---|\n");
      for (String set : sets(setting)) {
        Map<String, Quality> figures = bySet(setting, set);
        row(text, set, seeds(setting, set), figures, bestPart(figures));
      }
    }
    text.append("\n| setting | AUROC behind the better of Isolation Forest and kNN, at worst |\n");
    text.append("|---|---|\n");
    for (Setting setting : settings) {
      shortfall(setting)
          .ifPresent(
              worst ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "| %s | %.3f on %s |%n",
                          setting.name(),
                          worst.auroc(),
                          worst.set())));
    }
    text.append("\n| setting | promised | realised, mean over sets |\n|---|---|---|\n");
    for (Setting setting : settings) {
      falseAlarms(setting)
          .forEach(
              (promised, realised) ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "| %s | %.3g %% | %.3g %% |%n",
                          setting.name(),
                          100 * promised,
                          100 * realised)));
    }
    return text.toString();
  }

  private static void row(
      StringBuilder text, String name, String note, Map<String, Quality> figures, String last) {
    text.append("| ").append(name).append(" | ").append(note).append(" | ");
    text.append(cell(figures.get(DetectionRun.EDDY))).append(" | ");
    for (String reference : REFERENCES) {
      text.append(cell(figures.get(reference))).append(" | ");
    }
    text.append(last).append(" |\n");
  }

  private static String bestPart(Map<String, Quality> figures) {
    return figures.entrySet().stream()
        .filter(entry -> !REFERENCES.contains(entry.getKey()))
        .filter(entry -> !entry.getKey().equals(DetectionRun.EDDY))
        .max(Comparator.comparingDouble(entry -> entry.getValue().auroc()))
        .map(entry -> entry.getKey() + " " + cell(entry.getValue()))
        .orElse("");
  }

  private static String cell(@Nullable Quality quality) {
    return quality == null
        ? ""
        : String.format(Locale.ROOT, "%.3f / %.3f", quality.auroc(), quality.auprc());
  }

  private List<DetectionRun> of(Setting setting) {
    return runs.stream().filter(run -> run.setting().equals(setting.name())).toList();
  }

  private Set<String> sets(Setting setting) {
    Set<String> sets = new TreeSet<>();
    of(setting).forEach(run -> sets.add(run.set()));
    return sets;
  }

  private String seeds(Setting setting, String set) {
    long seeds = of(setting).stream().filter(run -> run.set().equals(set)).count();
    return seeds + (seeds == 1 ? " seed" : " seeds");
  }

  private Map<String, Quality> bySet(Setting setting, String set) {
    return mean(
        of(setting).stream()
            .filter(run -> run.set().equals(set))
            .map(DetectionRun::figures)
            .toList());
  }

  /** Returns where the ensemble is furthest behind; empty where there is nothing to compare. */
  Optional<Shortfall> shortfall(Setting setting) {
    List<Shortfall> shortfalls = new ArrayList<>();
    for (String set : sets(setting)) {
      Map<String, Quality> figures = bySet(setting, set);
      Quality eddy = figures.get(DetectionRun.EDDY);
      OptionalDouble better =
          RIVALS.stream()
              .map(figures::get)
              .filter(Objects::nonNull)
              .mapToDouble(Quality::auroc)
              .max();
      if (eddy != null && better.isPresent()) {
        shortfalls.add(new Shortfall(set, better.getAsDouble() - eddy.auroc()));
      }
    }
    return shortfalls.stream().max(Comparator.comparingDouble(Shortfall::auroc));
  }

  private Map<String, Quality> means(Setting setting) {
    return mean(sets(setting).stream().map(set -> bySet(setting, set)).toList());
  }

  /** Averages what all of them have. */
  private static Map<String, Quality> mean(List<Map<String, Quality>> figures) {
    Map<String, Quality> means = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    figures.forEach(of -> names.addAll(of.keySet()));
    for (String name : names) {
      List<Quality> known = new ArrayList<>();
      for (Map<String, Quality> of : figures) {
        Quality quality = of.get(name);
        if (quality != null) {
          known.add(quality);
        }
      }
      if (known.size() == figures.size()) {
        means.put(
            name,
            new Quality(
                known.stream().mapToDouble(Quality::auroc).average().orElseThrow(),
                known.stream().mapToDouble(Quality::auprc).average().orElseThrow()));
      }
    }
    return means;
  }

  private double mean(Setting setting, ToDoubleFunction<DetectionRun> figure) {
    return of(setting).stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private Map<Double, Double> falseAlarms(Setting setting) {
    Map<Double, List<Double>> rates = new TreeMap<>(Comparator.reverseOrder());
    for (DetectionRun run : of(setting)) {
      for (FalseAlarms rate : run.falseAlarms()) {
        rates.computeIfAbsent(rate.promised(), promised -> new ArrayList<>()).add(rate.realised());
      }
    }
    Map<Double, Double> means = new LinkedHashMap<>();
    rates.forEach(
        (promised, realised) ->
            means.put(
                promised,
                realised.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    return means;
  }
}

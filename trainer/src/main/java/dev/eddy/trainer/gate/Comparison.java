package dev.eddy.trainer.gate;

import dev.eddy.evaluation.BlockBootstrap;
import dev.eddy.evaluation.BlockBootstrap.Interval;
import dev.eddy.event.Coordinates;
import dev.eddy.feature.Observation;
import dev.eddy.trainer.gate.GateVerdict.Check;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One healthy candidate against one champion, or against none. */
final class Comparison {
  static final double AUPRC_TOLERANCE = 0.01;
  static final double AUROC_TOLERANCE = 0.01;
  static final double MOST_FALSE_ALARMS = 0.05;
  static final double LEAST_ROWS_PER_SECOND = 1_000;
  static final double MOST_DISTURBED = 0.05;
  private static final double WORST = 2;
  private static final double LEAST_SPEED = 0.25;
  private static final int FEWEST_TO_CALIBRATE = 200;
  private static final double COIN = 0.5;

  private final Measure measure;
  private final Measured candidate;
  private final @Nullable Measured champion;
  private final double minimumImprovement;
  private final double disturbance;
  private final long seed;
  private final SortedMap<String, Double> metrics = new TreeMap<>();

  /** By what candidate and champion are compared. */
  enum Measure {
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

    double of(Measured model) {
      return this == LABELLED ? model.auprc() : model.auroc();
    }

    double of(Measured model, int[] times) {
      return this == LABELLED ? model.auprc(times) : model.auroc(times);
    }
  }

  private record Block(int partition, long number) {
    /** Rows are held out in blocks of as many offsets. */
    private static final int OFFSETS = 32;

    static Block of(Coordinates coordinates) {
      return new Block(coordinates.partition(), coordinates.offset() / OFFSETS);
    }
  }

  Comparison(
      Measure measure,
      Measured candidate,
      @Nullable Measured champion,
      double minimumImprovement,
      double disturbance,
      long seed) {
    this.measure = measure;
    this.candidate = candidate;
    this.champion = champion;
    this.minimumImprovement = minimumImprovement;
    this.disturbance = disturbance;
    this.seed = seed;
  }

  GateVerdict verdict(List<Observation> normal, List<Observation> positives) {
    note("", candidate);
    if (champion != null) {
      note("champion.", champion);
    }
    metrics.put("heldOutNormal", (double) normal.size());
    metrics.put("heldOutAnomalies", measure == Measure.LABELLED ? positives.size() : 0.0);
    Check quality = quality(blocks(normal, positives));
    List<Check> checks =
        List.of(
            new Check("health", true, "weights and scores are finite and differ"),
            new Check(
                "coin",
                candidate.auroc() > COIN,
                "no better than a coin, auroc %.4f".formatted(candidate.auroc())),
            calibration(normal.size()),
            speed(),
            quality,
            calm());
    String figures =
        "%s %.4f against %s on %d held-out rows and %d %s"
            .formatted(
                measure.metric,
                measure.of(candidate),
                champion == null
                    ? "no champion"
                    : String.format(Locale.ROOT, "%.4f", measure.of(champion)),
                normal.size(),
                positives.size(),
                measure.positives);
    String failed =
        checks.stream()
            .filter(check -> !check.passed())
            .map(Check::detail)
            .findFirst()
            .orElse(null);
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return new GateVerdict(
        failed == null,
        true,
        failed == null
            ? "promoted: %s, %s".formatted(quality.detail(), figures)
            : "refused: %s; %s".formatted(failed, figures),
        checks,
        metrics);
  }

  private void note(String prefix, Measured model) {
    metrics.put(prefix + measure.metric, measure.of(model));
    metrics.put(prefix + (measure == Measure.LABELLED ? "auroc" : "plantedAuroc"), model.auroc());
    metrics.put(prefix + "falseAlarmRate", model.falseAlarmRate());
    metrics.put(prefix + "rowsPerSecond", model.rowsPerSecond());
  }

  private Check calibration(int normal) {
    double rate = candidate.falseAlarmRate();
    boolean passed =
        normal < FEWEST_TO_CALIBRATE
            || rate <= MOST_FALSE_ALARMS
            || (champion != null && rate <= champion.falseAlarmRate());
    return new Check(
        "calibration",
        passed,
        "it calls %.4f of the held-out rows one in a hundred".formatted(rate));
  }

  private Check speed() {
    double rate = candidate.rowsPerSecond();
    boolean passed =
        rate >= LEAST_ROWS_PER_SECOND
            && (champion == null || rate >= LEAST_SPEED * champion.rowsPerSecond());
    return new Check("speed", passed, "it scores %.0f rows a second".formatted(rate));
  }

  private Check quality(BlockBootstrap bootstrap) {
    Measured other = champion;
    if (other == null) {
      return new Check("quality", true, "not worse");
    }
    double difference = measure.of(candidate) - measure.of(other);
    Interval interval =
        bootstrap.interval(times -> measure.of(candidate, times) - measure.of(other, times));
    metrics.put("difference", difference);
    metrics.put("difference.low", interval.low());
    metrics.put("difference.high", interval.high());
    String figures =
        "by %+.4f (95 %% of block resamples from %+.4f to %+.4f)"
            .formatted(difference, interval.low(), interval.high());
    boolean worse = difference < -measure.tolerance || interval.high() < 0;
    boolean unsure = difference < 0 && interval.low() < -WORST * measure.tolerance;
    if (!worse && !unsure && minimumImprovement > 0 && difference < minimumImprovement) {
      return new Check(
          "quality", false, "better by less than %s, %s".formatted(minimumImprovement, figures));
    }
    String found =
        worse
            ? "worse than the champion, "
            : unsure ? "perhaps much worse than the champion, " : "not worse, ";
    return new Check("quality", !worse && !unsure, found + figures);
  }

  /** After {@link #quality}, whose interval it reads. */
  private Check calm() {
    double low = metrics.getOrDefault("difference.low", 0.0);
    return new Check(
        "calm",
        champion == null || disturbance <= MOST_DISTURBED || low > 0,
        "no gain beyond doubt while the stream is disturbed, %.3f more than usual of the newest "
                .formatted(disturbance)
            + "records are extreme");
  }

  /** Numbers the blocks of neighbours that the rows come from; a planted one has its origin's. */
  private BlockBootstrap blocks(List<Observation> normal, List<Observation> positives) {
    Map<Block, Integer> numbers = new HashMap<>();
    int[] blockOf =
        Stream.concat(normal.stream(), positives.stream())
            .map(row -> Block.of(row.event().coordinates()))
            .mapToInt(block -> numbers.computeIfAbsent(block, unseen -> numbers.size()))
            .toArray();
    return new BlockBootstrap(blockOf, seed);
  }
}

package dev.eddy.cli.demo;

import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.Alert;
import dev.eddy.schema.Reason;
import dev.eddy.trainer.TrainerStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The demo's words. */
final class Lines {
  private static final int REASONS = 3;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private Lines() {}

  /**
   * Tells an alert with its most important reasons.
   *
   * @param truth what was really going on; null where nobody knows
   */
  static List<String> alert(Alert alert, @Nullable String truth) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "ALERT  %s %s %s%s: score %.1f (%s) by %s%s",
            TIME.format(Instant.ofEpochMilli(alert.getTimestamp())),
            alert.getEntity(),
            alert.getEscalates() == null ? "" : "now ",
            alert.getSeverity(),
            alert.getScore(),
            threshold(alert),
            alert.getModelVersion(),
            truth == null ? "" : ". Truth: " + truth));
    List<Reason> reasons = alert.getReasons();
    for (Reason reason : reasons.subList(0, Math.min(REASONS, reasons.size()))) {
      lines.add(
          String.format(
              Locale.ROOT,
              "         %s is %s, expected %s (%.0f %%)",
              reason.getFeature(),
              Objects.requireNonNullElse(reason.getValue(), "missing"),
              Objects.requireNonNullElse(reason.getExpected(), "nothing in particular"),
              100 * reason.getContribution()));
    }
    return lines;
  }

  private static String threshold(Alert alert) {
    String threshold = String.format(Locale.ROOT, "threshold %.1f", alert.getThreshold());
    return alert.getScore() < alert.getThreshold()
        ? threshold + ", reached by the last records together"
        : threshold;
  }

  /** Tells that a version serves now. */
  static String promoted(ModelVersion version, List<Manifest> versions) {
    String details =
        versions.stream()
            .filter(manifest -> manifest.version().equals(version))
            .findFirst()
            .map(Lines::details)
            .orElse("");
    return "MODEL  %s serves%s".formatted(version, details);
  }

  private static String details(Manifest manifest) {
    Map<String, Double> metrics = manifest.metrics();
    StringBuilder text = new StringBuilder();
    if (metrics.containsKey("trainingRows") && metrics.containsKey("trainSeconds")) {
      text.append(
          String.format(
              Locale.ROOT,
              ", trained on %,.0f records in %.0f s",
              metrics.get("trainingRows"),
              metrics.get("trainSeconds")));
    }
    if (metrics.containsKey("auprc")) {
      text.append(String.format(Locale.ROOT, ", AUPRC %.2f", metrics.get("auprc")));
    }
    if (metrics.containsKey("champion.auprc")) {
      text.append(
          String.format(
              Locale.ROOT, " (the champion before it %.2f)", metrics.get("champion.auprc")));
    }
    if (!manifest.classes().isEmpty()) {
      text.append("; learned to generate ").append(String.join(", ", manifest.classes()));
    }
    return text.toString();
  }

  /** Says where everything stands, in four lines. */
  static List<String> standing(Snapshot now) {
    return List.of(
        String.format(
            Locale.ROOT,
            "events %,d (%.0f/s), scored %,d, dead letters %d (%d cut off on purpose)",
            now.events(),
            now.perSecond(),
            now.scored(),
            now.deadLetters(),
            now.unreadable()),
        String.format(
            Locale.ROOT,
            "alerts %d, precision %s, recall %s of %d faults so far, AUROC %s (baselines alone %s)",
            now.alerts(),
            text(now.precision()),
            text(now.recall()),
            now.episodes(),
            text(now.auroc()),
            text(now.baselineAuroc())),
        String.format(
            Locale.ROOT,
            "scored by %s, %d versions trained, labels %d, synthetic records %d",
            now.scoring(),
            now.versions(),
            now.labels(),
            now.synthetic()),
        trainer(now.trainer()));
  }

  /** Tells what came of it all. */
  static List<String> summary(DemoReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d events: %,d scored, %d dead letters, %d alerts, %d model versions, %d synthetic",
            report.events(),
            report.scored(),
            report.deadLetters(),
            report.alerts(),
            report.modelVersions(),
            report.synthetic()));
    lines.add(
        String.format(
            Locale.ROOT,
            "AUROC %s, AUPRC %s; the baselines alone %s and %s",
            text(report.auroc()),
            text(report.auprc()),
            text(report.baselineAuroc()),
            text(report.baselineAuprc())));
    report
        .faultRecall()
        .forEach(
            (fault, figures) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %-16s %3.0f %% of %d episodes alerted, %3.0f %% of %d records above 99 of"
                            + " 100 normal ones",
                        fault,
                        100 * figures.episodeRecall(),
                        figures.episodes(),
                        100 * figures.recordRecall(),
                        figures.records())));
    return lines;
  }

  private static String trainer(TrainerStatus trainer) {
    return String.format(
        Locale.ROOT,
        "trainer %s, set of %,d records%s",
        trainer.training() ? "trains" : "waits",
        trainer.setSize(),
        trainer.lastGate() == null ? "" : "; last gate: " + trainer.lastGate());
  }

  private static String text(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : "-";
  }
}

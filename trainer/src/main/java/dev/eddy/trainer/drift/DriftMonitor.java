package dev.eddy.trainer.drift;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.drift.Drift;
import dev.eddy.drift.DriftReference;
import dev.eddy.feature.Observation;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.DriftKind;
import dev.eddy.schema.DriftReport;
import dev.eddy.trainer.gate.AnomalyScores;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares one window of the stream after the other with the champion's own reference. What has
 * drifted in {@value #WINDOWS} windows in a row is an alarm: neighbouring records are alike, and
 * one odd window is no drift. An instance belongs to one thread.
 */
public final class DriftMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(DriftMonitor.class);
  private static final int WINDOWS = 2;
  private static final Duration OPEN_AGAIN = Duration.ofMinutes(1);

  private final StreamDefinition definition;
  private final Champions champions;
  private final Listener listener;
  private final Clock clock;
  private final @Nullable DriftWindow window;
  private final Map<Subject, Integer> streaks = new HashMap<>();
  private final SortedSet<Subject> alarms = new TreeSet<>();
  private @Nullable ModelVersion version;
  private @Nullable Champion champion;
  private long openAgain = Long.MAX_VALUE;

  /** What may drift: a feature, or the scores, which a feature may share its name with. */
  private record Subject(String name, boolean scores) implements Comparable<Subject> {
    static Subject of(Drift drift) {
      return new Subject(drift.name(), drift.ofScores());
    }

    @Override
    public int compareTo(Subject other) {
      return Comparator.comparing(Subject::name)
          .thenComparing(Subject::scores)
          .compare(this, other);
    }
  }

  /** What windows are compared with. */
  public record Champion(DriftReference reference, AnomalyScores scores) {}

  /** Opens champions. */
  @FunctionalInterface
  public interface Champions {
    /**
     * Opens one; empty where it has no reference, or does not fit the definition.
     *
     * @throws ModelUnavailableException if it cannot be read now
     */
    Optional<Champion> open(ModelVersion version);
  }

  /** Hears of every window. */
  public interface Listener {
    /** Hears what a window was like, the scores first. */
    void compared(List<Drift> drifts);

    /** Hears a report that is to be published. */
    void report(DriftReport report);

    /** Hears of a feature that has drifted in several windows in a row; once until it is over. */
    void alarm(String subject);
  }

  /** Makes a monitor that has no champion yet. */
  public DriftMonitor(
      StreamDefinition definition, Champions champions, Listener listener, Clock clock) {
    this.definition = requireNonNull(definition, "definition");
    this.champions = requireNonNull(champions, "champions");
    this.listener = requireNonNull(listener, "listener");
    this.clock = requireNonNull(clock, "clock");
    var settings = definition.training().drift();
    this.window =
        settings.window().isZero()
            ? null
            : new DriftWindow(
                settings.window().toMillis(),
                settings.minimumRecords(),
                definition.training().seed());
  }

  /** Hears which version serves; with a new one, everything starts anew. */
  public void champion(@Nullable ModelVersion serving) {
    if (window == null || serving == null) {
      return;
    }
    if (!serving.equals(version)) {
      version = serving;
      window.clear();
      streaks.clear();
      alarms.clear();
      champion = null;
      open(serving);
    } else if (clock.millis() >= openAgain) {
      open(serving);
    }
  }

  private void open(ModelVersion serving) {
    openAgain = Long.MAX_VALUE;
    try {
      champion = champions.open(serving).orElse(null);
    } catch (ModelUnavailableException e) {
      openAgain = clock.millis() + OPEN_AGAIN.toMillis();
      LOG.atWarn()
          .addKeyValue("version", serving)
          .addKeyValue("reason", e.getMessage())
          .log("cannot read the champion to tell drift from, trying again");
    }
  }

  /** Takes the next record of the stream; without a champion it does not count. */
  public void observe(Observation observation) {
    Champion current = champion;
    ModelVersion of = version;
    if (window != null && current != null && of != null && window.add(observation)) {
      compare(window.take(), current, of);
    }
  }

  private void compare(List<Observation> rows, Champion with, ModelVersion of) {
    try {
      List<Drift> drifts = with.reference().compare(definition, rows, with.scores().score(rows));
      listener.compared(drifts);
      drifts.forEach(drift -> take(drift, rows, of));
    } catch (RuntimeException e) { // whatever it is, reading must go on without it
      LOG.atWarn().setCause(e).addKeyValue("version", of).log("could not look for drift");
      champion = null;
    }
  }

  private void take(Drift drift, List<Observation> rows, ModelVersion of) {
    Subject subject = Subject.of(drift);
    int before = streaks.getOrDefault(subject, 0);
    int streak = drift.drifted() ? before + 1 : 0;
    streaks.put(subject, streak);
    if (drift.drifted() || before > 0 || drift.ofScores()) {
      listener.report(report(drift, rows, of));
    }
    if (streak >= WINDOWS && alarms.add(subject)) {
      listener.alarm(drift.name());
    } else if (streak == 0) {
      alarms.remove(subject);
    }
  }

  private DriftReport report(Drift drift, List<Observation> rows, ModelVersion of) {
    String summary =
        String.format(
            Locale.ROOT,
            "%s %s: PSI %.3f (counts from %.3f), distance %.3f (from %.3f)",
            drift.name(),
            drift.drifted() ? "has moved" : "is as usual",
            drift.psi(),
            drift.psiLimit(),
            drift.ks(),
            drift.ksLimit());
    return DriftReport.newBuilder()
        .setKind(drift.ofScores() ? DriftKind.SCORE : DriftKind.FEATURE)
        .setSubject(drift.name())
        .setModelVersion(of.value())
        .setFrom(rows.get(0).event().timestampMillis())
        .setTo(rows.get(rows.size() - 1).event().timestampMillis())
        .setRows(drift.rows())
        .setPsi(drift.psi())
        .setKs(drift.ks())
        .setPValue(drift.pValue())
        .setPsiLimit(drift.psiLimit())
        .setKsLimit(drift.ksLimit())
        .setDrifted(drift.drifted())
        .setSummary(summary)
        .setTimestamp(clock.millis())
        .build();
  }

  /** Returns what has drifted, for people; null: nothing. */
  public @Nullable String alarm() {
    return alarms.isEmpty()
        ? null
        : alarms.stream().map(Subject::name).collect(Collectors.joining(", "));
  }

  /** Hears that a training begins on what is there now: the alarms have done their work. */
  public void trainingBegins() {
    alarms.clear();
    streaks.replaceAll((subject, streak) -> 0);
  }
}

package dev.eddy.augmentation;

import dev.eddy.evaluation.quality.LiftJudge;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.evaluation.quality.QualityReport.Lift;
import dev.eddy.evaluation.quality.RareClassifier;
import dev.eddy.evaluation.quality.RecordTable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures what synthetic rows of a class do for each classifier that lift is judged by: of the
 * classes that somebody asks for, and of the rarest, {@value #MOST_CLASSES} in all unless more are
 * asked for.
 *
 * <p>Of a class all rows are there, as the generator learned from all; of the others at most
 * {@value #MOST_OTHERS} to train on and as many to measure by, which is what bounds the time. Held
 * out rows that are there count for those that are not, so that the class is as rare as it was.
 */
final class LiftTrials {
  private static final int MOST_CLASSES = 4;
  private static final double RARE = 0.1;
  private static final int REPETITIONS = 5;
  private static final int FEWEST_ROWS = 10;
  private static final int MOST_OTHERS = 4_000;
  private static final int TIMES = 3; // synthetic rows for each real one
  private static final int MOST_SYNTHETIC = 4_000;

  private final RecordTable training;
  private final RecordTable heldOut;
  private final Set<String> asked;
  private final long seed;
  private final Map<String, RareClassifier> classifiers;
  private final GeneratorListener listener;
  private final Map<String, Map<String, Lift>> measured = new TreeMap<>();
  private final Map<String, String> notMeasured = new TreeMap<>();

  /** Makes synthetic rows. */
  interface Source {
    /** Draws rows of a class. */
    RecordTable draw(String labelClass, int wanted, long seed);
  }

  /**
   * Rows to measure on.
   *
   * @param asked classes to measure, rare or not
   * @param classifiers by name
   */
  LiftTrials(
      RecordTable training,
      RecordTable heldOut,
      Set<String> asked,
      long seed,
      Map<String, RareClassifier> classifiers,
      GeneratorListener listener) {
    this.classifiers = classifiers;
    this.training = training;
    this.heldOut = heldOut;
    this.asked = asked;
    this.seed = seed;
    this.listener = listener;
  }

  /** Returns a report with what was measured, and with why the rest was not. */
  QualityReport addTo(QualityReport report, Source source) {
    for (String labelClass : inOrder()) {
      String reason = reason(labelClass);
      if (reason == null) {
        measured.put(labelClass, of(labelClass, source));
      } else {
        notMeasured.put(labelClass, reason);
      }
    }
    return report.withLift(measured, notMeasured);
  }

  /** Returns those that are asked for, then all others, the rarest first. */
  private Set<String> inOrder() {
    Set<String> names = new LinkedHashSet<>(asked);
    List<String> classes = training.classes();
    classes.stream().sorted(Comparator.comparingInt(this::rows)).forEach(names::add);
    return names;
  }

  private int rows(String labelClass) {
    return training.ofClass(labelClass).rows();
  }

  /** Says why a class is not measured; null: it is. */
  private @Nullable String reason(String labelClass) {
    int count = rows(labelClass);
    int fresh = heldOut.ofClass(labelClass).rows();
    if (count < FEWEST_ROWS || fresh < FEWEST_ROWS) {
      return "training and held-out rows must be >= %d, got %d and %d"
          .formatted(FEWEST_ROWS, count, fresh);
    }
    if (count == training.rows() || fresh == heldOut.rows()) {
      return "there must be rows of another class, got none";
    }
    if (asked.contains(labelClass)) {
      return null;
    }
    if (count >= RARE * training.rows()) {
      return "a share must be < %s unless augmentation.balance names the class, got %.2f"
          .formatted(RARE, (double) count / training.rows());
    }
    return measured.size() < MOST_CLASSES
        ? null
        : "%d classes are measured unless augmentation.balance names more".formatted(MOST_CLASSES);
  }

  private Map<String, Lift> of(String labelClass, Source source) {
    RecordTable learned = training.keeping(labelClass, MOST_OTHERS, seed);
    RecordTable fresh = heldOut.keeping(labelClass, MOST_OTHERS, seed + 1);
    int positives = heldOut.ofClass(labelClass).rows();
    double othersEach = (double) (heldOut.rows() - positives) / (fresh.rows() - positives);
    int wanted = Math.min(MOST_SYNTHETIC, TIMES * rows(labelClass));
    Map<Long, RecordTable> drawn = new HashMap<>(); // all classifiers get the same rows
    LongFunction<RecordTable> synthetic =
        salt -> drawn.computeIfAbsent(salt, s -> source.draw(labelClass, wanted, s));
    Map<String, Lift> byClassifier = new TreeMap<>();
    classifiers.forEach(
        (name, classifier) -> {
          listener.testingLift(labelClass, name);
          byClassifier.put(
              name,
              new LiftJudge(learned, fresh, REPETITIONS, seed, classifier, othersEach)
                  .judge(labelClass, synthetic));
        });
    return byClassifier;
  }
}

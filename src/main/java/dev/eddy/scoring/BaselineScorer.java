package dev.eddy.scoring;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Event;
import dev.eddy.feature.ContextColumn;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Observation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores from the first record on, with no model: deviations from the entity's own past (from the
 * stream's past where the entity's is not known yet), and rare and missing values. Each part is
 * calibrated against its own scores so far, and so is their sum. Anomalies are among these:
 * p-values are rather too large.
 *
 * <p>One thing is learned after the other: what is usual of each field from the first {@value
 * #UNKNOWN} records, what deviations are usual from the next {@value OnlineCalibration#SILENT}, and
 * from as many more what sums of the parts' scores are. Nothing can be said before, and every
 * p-value is 1: a calibration that had begun with the others' silence would take whatever comes
 * after it for impossible. An instance belongs to one thread; its memory is bounded.
 */
public final class BaselineScorer {
  private static final String LARGEST = "baseline.deviation";
  private static final String SPREAD = "baseline.spread";
  private static final String RARITY = "baseline.rarity";

  /** Records from which nothing but means and shares is learned. */
  static final int UNKNOWN = 10;

  private final List<Feature> features;
  private final ContextLayout layout;
  private final List<RunningNumber> numbers;
  private final List<RunningCategory> categories;
  private final int[] deviationColumns; // by number; -1 where there is no context
  private final OnlineCalibration largestCalibration = new OnlineCalibration();
  private final OnlineCalibration spreadCalibration = new OnlineCalibration();
  private final OnlineCalibration rarityCalibration = new OnlineCalibration();
  private final OnlineCalibration fusedCalibration = new OnlineCalibration();
  private int learned;

  private BaselineScorer(StreamDefinition definition) {
    this.features = definition.features();
    this.numbers = definition.numbers().stream().map(RunningNumber::new).toList();
    this.categories =
        definition.categories().stream().map(category -> new RunningCategory()).toList();
    this.deviationColumns = new int[numbers.size()];
    Arrays.fill(deviationColumns, -1);
    this.layout = ContextLayout.of(definition);
    List<ContextColumn> columns = layout.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).kind() == ContextColumn.Kind.DEVIATION) {
        deviationColumns[columns.get(i).number()] = i;
      }
    }
  }

  /** Makes a scorer that has seen nothing. */
  public static BaselineScorer of(StreamDefinition definition) {
    return new BaselineScorer(definition);
  }

  /**
   * One record's score.
   *
   * @param score fused, -ln of its p-value
   * @param detectors the parts' scores by name, each -ln of its own p-value; always the same names
   */
  public record BaselineScore(double score, Map<String, Double> detectors) {}

  /** Returns whether enough records have come to say something: before, every p-value is 1. */
  public boolean isCalibrated() {
    return fusedCalibration.isCalibrated();
  }

  /** Scores a record and learns from it. */
  public BaselineScore score(Observation observation) {
    double[] oddities = oddities(observation);
    boolean partsAreCalibrated = rarityCalibration.isCalibrated();
    Map<String, Double> detectors = new LinkedHashMap<>();
    detectors.put(LARGEST, surprise(largestCalibration, largest(oddities)));
    detectors.put(SPREAD, surprise(spreadCalibration, spread(oddities)));
    detectors.put(RARITY, surprise(rarityCalibration, rarity(observation, oddities)));
    double sum = detectors.values().stream().mapToDouble(Double::doubleValue).sum();
    learn(observation.event());
    return new BaselineScore(partsAreCalibrated ? fusedCalibration.surprise(sum) : 0, detectors);
  }

  private double surprise(OnlineCalibration calibration, double value) {
    return learned < UNKNOWN ? 0 : calibration.surprise(value);
  }

  private double largest(double[] oddities) {
    double largest = 0;
    for (int i = 0; i < oddities.length; i++) {
      largest = features.get(i).isNumber() ? Math.max(largest, Math.abs(oddities[i])) : largest;
    }
    return largest;
  }

  private double spread(double[] oddities) {
    double squares = 0;
    for (int i = 0; i < oddities.length; i++) {
      squares += features.get(i).isNumber() ? oddities[i] * oddities[i] : 0;
    }
    return Math.sqrt(squares / Math.max(1, numbers.size()));
  }

  private double rarity(Observation observation, double[] oddities) {
    double rarity = 0;
    int number = 0;
    for (int i = 0; i < oddities.length; i++) {
      rarity += features.get(i).isNumber() ? absence(observation.event(), number++) : oddities[i];
    }
    return rarity;
  }

  /** Returns what a record's score would be, without learning from it. */
  double whatIf(Observation observation) {
    double[] oddities = oddities(observation);
    double sum =
        largestCalibration.surpriseOnly(largest(oddities))
            + spreadCalibration.surpriseOnly(spread(oddities))
            + rarityCalibration.surpriseOnly(rarity(observation, oddities));
    return fusedCalibration.surpriseOnly(sum);
  }

  /**
   * Returns for each feature how odd its value is: for a number its deviation, where it counts; for
   * a category -ln of its share so far.
   */
  private double[] oddities(Observation observation) {
    double[] oddities = new double[features.size()];
    int number = 0;
    int category = 0;
    for (int i = 0; i < oddities.length; i++) {
      oddities[i] =
          features.get(i).isNumber()
              ? counted(features.get(i), deviation(observation, number++))
              : categories.get(category).surprise(observation.event().category(category++));
    }
    return oddities;
  }

  private double deviation(Observation observation, int number) {
    double value = observation.event().number(number);
    if (Double.isNaN(value)) {
      return 0;
    }
    int column = deviationColumns[number];
    double own = column < 0 ? Double.NaN : observation.context()[column];
    return Double.isNaN(own) ? numbers.get(number).deviation(value) : own;
  }

  private static double counted(Feature feature, double deviation) {
    return switch (feature.direction()) {
      case BOTH -> deviation;
      case HIGH -> Math.max(0, deviation);
      case LOW -> Math.min(0, deviation);
    };
  }

  /** Returns how surprising it is that a number is missing; 0 when it is there. */
  private double absence(Event event, int number) {
    return Double.isNaN(event.number(number)) ? numbers.get(number).absence() : 0;
  }

  private void learn(Event event) {
    learned = Math.min(UNKNOWN, learned + 1);
    for (int i = 0; i < numbers.size(); i++) {
      numbers.get(i).learn(event.number(i));
    }
    for (int i = 0; i < categories.size(); i++) {
      categories.get(i).learn(event.category(i));
    }
  }

  /**
   * Says which fields make the observation odd, and what change of one of them would make it
   * ordinary; see {@link Contribution}. What is expected is the entity's or the stream's mean, or
   * the most frequent value; null while it is not known. Nothing is learned.
   */
  public Explanation explain(Observation observation) {
    return new Explainer(new BaselineWhatIf(this, features, layout)).explain(observation);
  }

  /** Returns the mean and deviation of a number, by its place among the numbers. */
  RunningNumber number(int place) {
    return numbers.get(place);
  }

  /** Returns how often each value of a category came, by its place among the categories. */
  RunningCategory category(int place) {
    return categories.get(place);
  }
}

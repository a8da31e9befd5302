package dev.eddy.trainer.gate;

import dev.eddy.definition.Feature;
import dev.eddy.definition.Feature.Direction;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Corrupts normal records, for want of labelled anomalies: one field off by 3, 6 or 12 deviations,
 * several fields of another record, noise of 1, 2 or 4 deviations on every number. The sizes are
 * drawn by the seed: a model that finds only what is far off, or only what is near, is not the
 * best. One that knows what is normal scores them above the records that they were made of. Their
 * context stays as it was.
 */
final class PlantedAnomalies {
  /** A spike's distances from the record's own value, in robust deviations of its field. */
  private static final double[] SPIKE_DEVIATIONS = {3, 6, 12};

  /** The noise's deviations, in robust deviations of each field. */
  private static final double[] NOISE_DEVIATIONS = {1, 2, 4};

  private final List<Feature> numbers;
  private final List<Observation> normal;
  private final double[] deviations;
  private final SplittableRandom random;

  private PlantedAnomalies(
      StreamDefinition definition, List<Observation> normal, SplittableRandom random) {
    this.numbers = definition.numbers();
    this.normal = normal;
    this.random = random;
    this.deviations = new double[numbers.size()];
    for (int number = 0; number < deviations.length; number++) {
      deviations[number] = robustDeviation(number);
    }
  }

  /**
   * Makes one anomaly of each kind from each of some records.
   *
   * @param normal records to corrupt and to take foreign values from
   * @param most how many of them to corrupt at most
   */
  static List<Observation> of(
      StreamDefinition definition, List<Observation> normal, int most, long seed) {
    var random = new SplittableRandom(seed);
    var planted = new PlantedAnomalies(definition, normal, random);
    List<Observation> anomalies = new ArrayList<>();
    int step = Math.max(1, (int) Math.ceil((double) normal.size() / most));
    for (int i = 0; i < normal.size(); i += step) {
      anomalies.add(planted.spike(normal.get(i)));
      anomalies.add(planted.mixture(normal.get(i)));
      anomalies.add(planted.noise(normal.get(i)));
    }
    return anomalies;
  }

  private double robustDeviation(int number) {
    double[] values =
        normal.stream()
            .mapToDouble(observation -> observation.event().number(number))
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    if (values.length == 0) {
      return 1;
    }
    double interquartile = values[values.length * 3 / 4] - values[values.length / 4];
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double deviation = Math.max(interquartile / 1.349, 0.1 * Math.sqrt(variance));
    return deviation > 0 ? deviation : Math.max(1e-3, 0.1 * Math.abs(mean));
  }

  private Observation spike(Observation original) {
    double[] values = numbersOf(original);
    @Nullable String[] categories = categoriesOf(original);
    int field = random.nextInt(values.length + categories.length);
    if (field < values.length) {
      double distance = oneOf(SPIKE_DEVIATIONS) * deviations[field];
      values[field] = finite(values[field]) + sign(numbers.get(field)) * distance;
    } else {
      categories[field - values.length] = "planted by the gate";
    }
    return corrupted(original, values, categories);
  }

  private double sign(Feature feature) {
    if (feature.direction() == Direction.BOTH) {
      return random.nextBoolean() ? 1 : -1;
    }
    return feature.direction() == Direction.HIGH ? 1 : -1;
  }

  /** Takes about half of the fields from another record: each value is ordinary, the mix is not. */
  private Observation mixture(Observation original) {
    double[] values = numbersOf(original);
    @Nullable String[] categories = categoriesOf(original);
    Event other = normal.get(random.nextInt(normal.size())).event();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? other.number(i) : values[i];
    }
    for (int i = 0; i < categories.length; i++) {
      categories[i] = random.nextBoolean() ? other.category(i) : categories[i];
    }
    return corrupted(original, values, categories);
  }

  private Observation noise(Observation original) {
    double[] values = numbersOf(original);
    double size = oneOf(NOISE_DEVIATIONS);
    for (int i = 0; i < values.length; i++) {
      values[i] += random.nextGaussian() * size * deviations[i]; // NaN stays NaN
    }
    return corrupted(original, values, categoriesOf(original));
  }

  private double oneOf(double[] sizes) {
    return sizes[random.nextInt(sizes.length)];
  }

  private static double finite(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  private static double[] numbersOf(Observation observation) {
    double[] values = new double[observation.event().numberCount()];
    Arrays.setAll(values, observation.event()::number);
    return values;
  }

  private static @Nullable String[] categoriesOf(Observation observation) {
    @Nullable String[] values = new String[observation.event().categoryCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = observation.event().category(i);
    }
    return values;
  }

  private static Observation corrupted(
      Observation original, double[] numbers, @Nullable String[] categories) {
    Event event = original.event();
    return new Observation(
        new Event(
            event.coordinates(),
            event.entity(),
            event.timestampMillis(),
            numbers,
            categories,
            event.label()),
        original.context());
  }
}

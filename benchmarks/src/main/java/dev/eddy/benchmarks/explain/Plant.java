package dev.eddy.benchmarks.explain;

import dev.eddy.feature.Observation;
import java.util.Optional;
import java.util.SplittableRandom;

/** A way to make one field of a normal record wrong. */
enum Plant {
  /** A number beyond all normal ones, by half to three times their range. */
  EXTREME("extreme") {
    @Override
    Optional<Observation> plant(
        Table table, Observation record, int feature, SplittableRandom random) {
      if (!table.isNumber(feature)) {
        return Optional.empty();
      }
      double[] range = table.range(feature);
      double beyond = (0.5 + 2.5 * random.nextDouble()) * (range[1] - range[0]);
      double value = random.nextBoolean() ? range[1] + beyond : range[0] - beyond;
      return Optional.of(table.with(record, feature, value));
    }
  },

  /** The value that the field has in another normal record. */
  SWAPPED("swapped") {
    @Override
    Optional<Observation> plant(
        Table table, Observation record, int feature, SplittableRandom random) {
      Observation other = table.test().get(random.nextInt(table.test().size()));
      Observation planted = table.copy(feature, other, record);
      return table.differ(feature, record, planted) ? Optional.of(planted) : Optional.empty();
    }
  },

  /** A category that normal records do not have. */
  RARE_CATEGORY("rareCategory") {
    @Override
    Optional<Observation> plant(
        Table table, Observation record, int feature, SplittableRandom random) {
      return table.isNumber(feature)
          ? Optional.empty()
          : Optional.of(table.with(record, feature, "never-seen"));
    }
  },

  /** A number with the other sign. */
  SIGN_FLIP("signFlip") {
    @Override
    Optional<Observation> plant(
        Table table, Observation record, int feature, SplittableRandom random) {
      double value = table.isNumber(feature) ? table.number(feature, record) : 0;
      return value == 0 || Double.isNaN(value)
          ? Optional.empty()
          : Optional.of(table.with(record, feature, -value));
    }
  };

  private final String label;

  Plant(String label) {
    this.label = label;
  }

  /** Returns its name among the figures. */
  String label() {
    return label;
  }

  /** Makes a field wrong; empty where this way does not suit it. */
  abstract Optional<Observation> plant(
      Table table, Observation record, int feature, SplittableRandom random);
}

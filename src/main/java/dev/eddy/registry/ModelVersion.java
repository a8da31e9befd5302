package dev.eddy.registry;

import static java.util.Objects.requireNonNull;

/**
 * The name of one trained model. Versions of a stream sort by their text.
 *
 * @param value for example {@code v000007}; {@link #BASELINE}'s is {@code baseline}
 */
public record ModelVersion(String value) implements Comparable<ModelVersion> {

  /** Stands for the scores before there is a model. */
  public static final ModelVersion BASELINE = new ModelVersion("baseline");

  /** Refuses an empty name. */
  public ModelVersion {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("model version must not be blank");
    }
  }

  /** Returns the version with this number, {@code v000001} for 1. */
  public static ModelVersion of(int number) {
    return new ModelVersion("v%06d".formatted(number));
  }

  @Override
  public int compareTo(ModelVersion other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

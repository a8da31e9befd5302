package dev.eddy.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One record of the source topic, read and typed. Values stand in the order of the definition's
 * numbers and categories; its arrays are its own and nobody changes them.
 */
public final class Event implements DecodedEvent {
  private final Coordinates coordinates;
  private final String entity;
  private final long timestampMillis;
  private final double[] numbers;
  private final @Nullable String[] categories;
  private final @Nullable String label;

  /**
   * Takes over the arrays.
   *
   * @param timestampMillis event time, milliseconds since the epoch
   * @param numbers one value for each number of the definition; NaN where it is missing, else
   *     finite
   * @param categories one value for each category of the definition; null where it is missing
   * @param label the record's class from its label field; null where it has none
   */
  public Event(
      Coordinates coordinates,
      String entity,
      long timestampMillis,
      double[] numbers,
      @Nullable String[] categories,
      @Nullable String label) {
    this.coordinates = requireNonNull(coordinates, "coordinates");
    this.entity = requireNonNull(entity, "entity");
    this.timestampMillis = timestampMillis;
    this.numbers = requireNonNull(numbers, "numbers");
    this.categories = requireNonNull(categories, "categories");
    this.label = label;
  }

  /** Returns where the record stands. */
  public Coordinates coordinates() {
    return coordinates;
  }

  /** Returns the entity that the record is about. */
  public String entity() {
    return entity;
  }

  /** Returns the event time, milliseconds since the epoch. */
  public long timestampMillis() {
    return timestampMillis;
  }

  /** Returns how many numbers there are. */
  public int numberCount() {
    return numbers.length;
  }

  /** Returns a number by its place among the definition's numbers; NaN: missing. */
  public double number(int index) {
    return numbers[index];
  }

  /** Returns how many categories there are. */
  public int categoryCount() {
    return categories.length;
  }

  /** Returns a category by its place among the definition's categories; null: missing. */
  public @Nullable String category(int index) {
    return categories[index];
  }

  /** Returns this event with other numbers; takes over the array. */
  public Event withNumbers(double[] others) {
    return new Event(coordinates, entity, timestampMillis, others, categories, label);
  }

  /** Returns this event with other categories; takes over the array. */
  public Event withCategories(@Nullable String[] others) {
    return new Event(coordinates, entity, timestampMillis, numbers, others, label);
  }

  /** Returns the record's class from its label field. Scoring never looks at it. */
  public @Nullable String label() {
    return label;
  }
}

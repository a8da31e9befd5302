package dev.eddy.feature;

import dev.eddy.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event together with what its entity's context makes of it: everything an {@link Encoder} sees.
 *
 * @param event the event
 * @param context the context's numbers for this event, in the order of {@link
 *     ContextLayout#columns()}; NaN where the context does not know yet. Nobody changes it.
 * @param past mean and scale that each number was compared with, in turn; then those of each number
 *     for each season; NaN where the context does not know yet, empty where there is no context.
 *     Only what-if questions need it.
 */
@SuppressWarnings("ArrayRecordComponent") // one per record of the stream; equality is never asked
public record Observation(Event event, double[] context, double[] past) {
  private static final double[] NO_PAST = {};

  /** An observation without a past to compare other values with. */
  public Observation(Event event, double[] context) {
    this(event, context, NO_PAST);
  }

  /**
   * Returns what would have been observed, had one number been another one: context columns change
   * with it, but for lags and the window's other statistics. What the context did not know stays
   * unknown.
   *
   * @param number place among the definition's numbers
   * @param value NaN: missing
   */
  public Observation withNumber(ContextLayout layout, int number, double value) {
    double[] numbers = new double[event.numberCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = event.number(i);
    }
    double change = value - numbers[number];
    numbers[number] = value;
    double[] changed = context.clone();
    List<ContextColumn> columns = layout.columns();
    int seasonal = layout.places().size() + number * layout.cycles().size();
    for (int column = 0; column < changed.length; column++) {
      if (columns.get(column).number() == number) {
        ContextColumn.Kind kind = columns.get(column).kind();
        int place = kind == ContextColumn.Kind.SEASONAL ? seasonal++ : number;
        changed[column] = changed(kind, changed[column], layout.window(), place, value, change);
      }
    }
    return new Observation(event.withNumbers(numbers), changed, past);
  }

  private double changed(
      ContextColumn.Kind kind, double actual, int window, int place, double value, double change) {
    double mean = 2 * place < past.length ? past[2 * place] : Double.NaN;
    double scale = 2 * place < past.length ? past[2 * place + 1] : Double.NaN;
    return switch (kind) {
      case DEVIATION, SEASONAL -> EntityContext.bounded((value - mean) / scale);
      case RATE -> actual + change;
      case LEVEL -> EntityContext.bounded(actual + change / (window * scale));
      case STATISTIC, LAG, POSITION -> actual;
    };
  }

  /**
   * Returns what would have been observed, had one category been another one.
   *
   * @param category place among the definition's categories
   * @param value null: missing
   */
  public Observation withCategory(int category, @Nullable String value) {
    @Nullable String[] categories = new @Nullable String[event.categoryCount()];
    for (int i = 0; i < categories.length; i++) {
      categories[i] = i == category ? value : event.category(i);
    }
    return new Observation(event.withCategories(categories), context, past);
  }
}

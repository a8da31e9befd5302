package dev.eddy.feature;

import dev.eddy.event.Event;
import dev.eddy.feature.ContextLayout.NumberPlace;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * What is remembered of one entity: bounded, whatever the length of its history. The state store
 * keeps its bytes; the trainer computes it anew from the same records in the same order, and both
 * get the same bits.
 *
 * <p>Mean and variance are exponentially weighted by records in which the number is known: the i-th
 * last value weighs {@code 0.5^(i / halfLife)}. Both are divided by the sum of the weights so far,
 * so they are right from the first values on, and the variance is corrected for the weights'
 * effective number (West, "Updating mean and variance estimates", 1979, with decay). A value
 * further than {@link #LEARNING_LIMIT} deviations from the mean is learned as if it stood there:
 * one absurd value must not blind the entity for thousands of records, while a lasting change is
 * still learned within some tens.
 *
 * <p>Of a missing number the context says nothing (NaN) and learns nothing; likewise nothing of a
 * deviation before {@link ContextLayout#KNOWN_AFTER} values, of a rate before one, and of a level
 * before the window is full. An instance belongs to one thread.
 */
public final class EntityContext {
  /**
   * Bound of deviation and level. Behind a constant past any change is infinitely many deviations:
   * beyond this the amount says nothing, and the field's own column shows it anyway.
   */
  static final double DEVIATION_LIMIT = 100;

  /** Deviations from the mean beyond which a value is learned as if it stood at this distance. */
  static final double LEARNING_LIMIT = 20;

  /** Least scale as a share of the mean's magnitude: below it are rounding errors. */
  private static final double RELATIVE_SCALE = 1e-9;

  /** Values are learned within these bounds, so that squares stay finite. */
  private static final double VALUE_LIMIT = 1e100;

  private static final byte VERSION = 1;
  private static final int HEADER = 1 + Integer.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final ContextLayout layout;
  private final double[] state;

  private EntityContext(ContextLayout layout, double[] state) {
    this.layout = layout;
    this.state = state;
  }

  /** Makes the context of an entity that was never seen. */
  public static EntityContext empty(ContextLayout layout) {
    double[] state = new double[layout.stateLength()];
    for (NumberPlace place : layout.places()) {
      if (place.last() >= 0) {
        state[place.last()] = Double.NaN;
      }
    }
    return new EntityContext(layout, state);
  }

  /**
   * Reads the context back, bit by bit. Bytes of another layout or another version of Eddy are
   * forgotten: the entity starts anew, as it would in a new stream.
   */
  public static EntityContext fromBytes(ContextLayout layout, byte[] bytes) {
    int length = layout.stateLength();
    if (bytes.length != HEADER + length * Long.BYTES
        || bytes[0] != VERSION
        || (int) INTS.get(bytes, 1) != layout.fingerprint()) {
      return empty(layout);
    }
    double[] state = new double[length];
    for (int i = 0; i < length; i++) {
      state[i] = Double.longBitsToDouble((long) LONGS.get(bytes, HEADER + i * Long.BYTES));
    }
    return new EntityContext(layout, state);
  }

  /** Writes the context: version, the layout's fingerprint, the state. */
  public byte[] toBytes() {
    byte[] bytes = new byte[HEADER + state.length * Long.BYTES];
    bytes[0] = VERSION;
    INTS.set(bytes, 1, layout.fingerprint());
    for (int i = 0; i < state.length; i++) {
      LONGS.set(bytes, HEADER + i * Long.BYTES, Double.doubleToRawLongBits(state[i]));
    }
    return bytes;
  }

  /** Observes an event: says what the past makes of it, and then remembers it. */
  public Observation observe(Event event) {
    double[] context = new double[layout.columns().size()];
    List<NumberPlace> places = layout.places();
    double[] past = new double[2 * places.size()];
    int column = 0;
    for (int i = 0; i < places.size(); i++) {
      NumberPlace place = places.get(i);
      double value = event.number(i);
      int end = column + 1 + (place.last() >= 0 ? 1 : 0) + (place.ring() >= 0 ? 1 : 0);
      boolean known = state[place.weight()] >= layout.knownWeight();
      double scale = scale(place, known);
      past[2 * i] = known ? state[place.weight() + 1] : Double.NaN;
      past[2 * i + 1] = known ? scale : Double.NaN;
      if (Double.isNaN(value)) {
        Arrays.fill(context, column, end, Double.NaN);
      } else {
        double within = Math.max(-VALUE_LIMIT, Math.min(VALUE_LIMIT, value));
        observe(place, within, scale, context, column);
      }
      column = end;
    }
    return new Observation(event, context, past);
  }

  private void observe(
      NumberPlace place, double value, double scale, double[] context, int column) {
    int at = place.weight();
    double weight = state[at];
    double mean = state[at + 1];
    double squares = state[at + 2];
    boolean known = weight >= layout.knownWeight();
    int next = column;
    context[next++] = known ? bounded((value - mean) / scale) : Double.NaN;
    if (place.last() >= 0) {
      context[next++] = value - state[place.last()];
      state[place.last()] = value;
    }
    if (place.ring() >= 0) {
      double level = remember(place.ring(), value);
      context[next] = known ? bounded((level - mean) / scale) : Double.NaN;
    }

    // A field that never moved has no deviation to measure by: its first move is learned as it is.
    double limit = known && squares > 0 ? LEARNING_LIMIT * scale : Double.POSITIVE_INFINITY;
    double learned = Math.max(mean - limit, Math.min(mean + limit, value));
    double newWeight = layout.decay() * weight + 1;
    double newMean = mean + (learned - mean) / newWeight;
    state[at] = newWeight;
    state[at + 1] = newMean;
    state[at + 2] = layout.decay() * squares + (learned - mean) * (learned - newMean);
  }

  /** Returns the entity's own deviation of a number so far, as far as a difference may count. */
  private double scale(NumberPlace place, boolean known) {
    double weight = state[place.weight()];
    double mean = state[place.weight() + 1];
    double squares = state[place.weight() + 2];
    double deviation = known ? Math.sqrt(squares / unbiasedDivisor(weight)) : 0;
    return Math.max(
        Math.max(deviation, place.minimumDeviation().around(mean)),
        Math.max(RELATIVE_SCALE * Math.abs(mean), Double.MIN_NORMAL));
  }

  /** Puts a value into the window and returns the window's mean; NaN while it is not full. */
  private double remember(int ring, double value) {
    int window = layout.window();
    long seen = (long) state[ring];
    state[ring + 1 + (int) (seen % window)] = value;
    state[ring] = seen + 1;
    if (seen + 1 < window) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = 1; i <= window; i++) {
      sum += state[ring + i];
    }
    return sum / window;
  }

  /** The weights' sum less the sum of their squares over it: n - 1 if all weights were 1. */
  private double unbiasedDivisor(double weight) {
    double decay = layout.decay();
    double vanished = 1 - weight * (1 - decay);
    double squaredWeights = (1 - vanished * vanished) / (1 - decay * decay);
    return weight - squaredWeights / weight;
  }

  static double bounded(double deviations) {
    return Math.max(-DEVIATION_LIMIT, Math.min(DEVIATION_LIMIT, deviations));
  }
}

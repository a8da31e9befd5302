package dev.eddy.feature;

import dev.eddy.definition.StreamDefinition.Statistic;
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

  /** Least usual distance from the season's mean, as a share of the entity's deviation. */
  private static final double SEASONAL_SCALE = 0.1;

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
    double[] past = past(event.timestampMillis());
    int column = 0;
    for (int i = 0; i < places.size(); i++) {
      NumberPlace place = places.get(i);
      double value = event.number(i);
      int end = column + place.width();
      boolean known = state[place.weight()] >= layout.knownWeight();
      double scale = scale(place, known);
      if (Double.isNaN(value)) {
        Arrays.fill(context, column, end, Double.NaN);
      } else {
        double within = Math.max(-VALUE_LIMIT, Math.min(VALUE_LIMIT, value));
        observe(place, event.timestampMillis(), within, scale, context, column);
      }
      column = end;
    }
    for (Cycle cycle : column < context.length ? layout.cycles() : List.<Cycle>of()) {
      double angle = cycle.angle(event.timestampMillis());
      context[column++] = Math.sin(angle);
      context[column++] = Math.cos(angle);
    }
    return new Observation(event, context, past);
  }

  private void observe(
      NumberPlace place, long time, double value, double scale, double[] context, int column) {
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
      ValueRing ring = new ValueRing(state, place.ring(), layout.ringLength());
      ring.add(value);
      next = observeWindow(ring, known, mean, scale, context, next);
      next = observeLags(ring, known, mean, scale, context, next);
    }
    if (place.seasons() >= 0) {
      observeSeasons(place, time, value, context, next);
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

  /** Says what the window tells, once it is full, and returns the next free column. */
  private int observeWindow(
      ValueRing ring, boolean known, double mean, double scale, double[] context, int column) {
    int window = layout.window();
    int next = column;
    if (window == 0) {
      return next;
    }
    if (!known || ring.seen() < window) {
      int end = next + 1 + layout.statistics().size();
      Arrays.fill(context, next, end, Double.NaN);
      return end;
    }
    double level = ring.mean(window);
    context[next++] = bounded((level - mean) / scale);
    for (Statistic statistic : layout.statistics()) {
      context[next++] = bounded(ring.statistic(statistic, window, level, mean, scale));
    }
    return next;
  }

  private int observeLags(
      ValueRing ring, boolean known, double mean, double scale, double[] context, int column) {
    int next = column;
    for (int lag : layout.lags()) {
      boolean there = known && ring.seen() > lag;
      context[next++] = there ? bounded((ring.ago(lag) - mean) / scale) : Double.NaN;
    }
    return next;
  }

  private void observeSeasons(
      NumberPlace place, long time, double value, double[] context, int column) {
    int next = column;
    for (int i = 0; i < layout.cycles().size(); i++) {
      SeasonMemory season = season(place, i, time);
      double scale = scale(place, season);
      context[next++] = season.known() ? bounded((value - season.mean()) / scale) : Double.NaN;
      boolean measured = season.known() && season.deviation() > 0;
      double limit = measured ? LEARNING_LIMIT * scale : Double.POSITIVE_INFINITY;
      season.learn(value, limit, layout.decay());
    }
  }

  private SeasonMemory season(NumberPlace place, int index, long time) {
    int at = place.seasons();
    for (Cycle before : layout.cycles().subList(0, index)) {
      at += SeasonMemory.length(before);
    }
    return new SeasonMemory(state, at, layout.cycles().get(index), time);
  }

  /** A share of the entity's own deviation is the least that counts. */
  private double scale(NumberPlace place, SeasonMemory season) {
    double own = scale(place, state[place.weight()] >= layout.knownWeight());
    double least = Math.max(SEASONAL_SCALE * own, place.minimumDeviation().around(season.mean()));
    return Math.max(season.deviation(), least);
  }

  /** Notes what each number will be compared with: own mean and scale, then those by season. */
  private double[] past(long time) {
    List<NumberPlace> places = layout.places();
    int cycles = layout.cycles().size();
    double[] past = new double[2 * places.size() * (1 + cycles)];
    Arrays.fill(past, Double.NaN);
    for (int i = 0; i < places.size(); i++) {
      NumberPlace place = places.get(i);
      if (state[place.weight()] >= layout.knownWeight()) {
        past[2 * i] = state[place.weight() + 1];
        past[2 * i + 1] = scale(place, true);
      }
      for (int cycle = 0; cycle < cycles; cycle++) {
        SeasonMemory season = season(place, cycle, time);
        if (season.known()) {
          int at = 2 * (places.size() + i * cycles + cycle);
          past[at] = season.mean();
          past[at + 1] = scale(place, season);
        }
      }
    }
    return past;
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

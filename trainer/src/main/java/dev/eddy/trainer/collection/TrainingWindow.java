package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The training set: the rows that a {@link SamplingRule} keeps of those of the training window,
 * though the window moves on. So a trainer that has run for months has the same rows as one that
 * has just read the window.
 *
 * <p>A row that gives way to older ones may be wanted when these leave the window; one that gives
 * way among those of its own slice of time and newer ones never is. The former are kept: with as
 * many rows in each slice, {@code maximum} times the sum of 1/1 to 1/11, about three times as many
 * as are trained on (the samples of moving windows of Babcock, Datar and Motwani, 2002, in steps).
 * An eighth more is kept for labels that come late: a row that changes its class leaves room for
 * one that gave way.
 */
final class TrainingWindow {
  private static final int SPARE = 8;

  /** The window may move back a little, as it does when late records come. */
  private static final int SLICES_BEHIND = 2;

  /** Records with senseless times may be of any number of slices. */
  private static final int MOST_SLICES = 4 * WindowSlices.COUNT;

  /** Rows for each one of the set that come in before what is not wanted any more is let go. */
  private static final int ROOM = 2;

  private final SamplingRule rule;
  private final SamplingRule roomy;
  private final long seed;
  private final WindowSlices times;
  private final NavigableMap<Long, WindowSlice> slices = new TreeMap<>();
  private final Map<Stratum, Long> bounds = new HashMap<>();
  private long boundedTo = Long.MIN_VALUE;
  private @Nullable Long first;
  private long held;
  private long limit;

  /**
   * Makes an empty window.
   *
   * @param maximum most rows that it offers for training, {@code >= 1}
   * @param entityShare share of them from which on an entity's rows give way first, in (0, 1]
   */
  TrainingWindow(int maximum, double entityShare, long seed, WindowSlices times) {
    this.rule = new SamplingRule(maximum, Math.max(1, (int) Math.ceil(entityShare * maximum)));
    this.roomy = rule.withMaximum(maximum + (maximum + SPARE - 1) / SPARE);
    this.seed = seed;
    this.times = times;
    this.limit = (long) ROOM * maximum;
  }

  /**
   * Takes a row in the place of an earlier one of the same coordinates.
   *
   * @param time when it belongs to the stream; the same for the same coordinates
   */
  void put(Sample sample, long time) {
    long number = times.of(time);
    if (first != null && number < first - SLICES_BEHIND) {
      return;
    }
    putInto(number, sample);
    if (first != null && slices.size() > MOST_SLICES) {
      drop(slices.lastKey());
    }
    if (held > limit) {
      thinOut();
    }
  }

  /** Takes a row in the place of the one of the same coordinates, if that is here. */
  void replace(Sample sample) {
    Coordinates coordinates = sample.observation().event().coordinates();
    slices.entrySet().stream()
        .filter(slice -> slice.getValue().find(coordinates) != null)
        .map(Map.Entry::getKey)
        .findFirst()
        .ifPresent(number -> putInto(number, sample));
  }

  private void putInto(long number, Sample sample) {
    WindowSlice slice = slices.computeIfAbsent(number, unseen -> new WindowSlice());
    held -= slice.size();
    Row row = Row.of(sample, seed);
    if (isBeyondBound(number, row)) {
      slice.remove(row.coordinates());
    } else {
      slice.put(row);
    }
    held += slice.size();
  }

  private boolean isBeyondBound(long number, Row row) {
    return number <= boundedTo
        && row.priority() > bounds.getOrDefault(row.stratum(), Long.MAX_VALUE);
  }

  private void drop(long number) {
    if (number >= boundedTo) {
      boundedTo = Long.MIN_VALUE; // the rows that it was found by
    }
    held -= Objects.requireNonNull(slices.remove(number), "a slice").size();
  }

  private void thinOut() {
    Collection<Row> newer = List.of();
    boundedTo = Long.MIN_VALUE;
    for (Map.Entry<Long, WindowSlice> slice : slices.descendingMap().entrySet()) {
      Collection<Row> all = new ArrayList<>(newer);
      all.addAll(slice.getValue().rows());
      newer = roomy.choose(all);
      if (newer.size() < all.size()) {
        Set<Row> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(newer);
        slice.getValue().retainAll(wanted);
        if (boundedTo == Long.MIN_VALUE) {
          bound(slice.getKey(), newer, all);
        }
      }
    }
    held = slices.values().stream().mapToLong(WindowSlice::size).sum();
    limit = held + (long) ROOM * rule.maximum();
  }

  /** What gives way from this slice on gives way in all before it: most rows of a long stream. */
  private void bound(long slice, Collection<Row> chosen, Collection<Row> of) {
    boundedTo = slice;
    bounds.clear();
    for (Stratum stratum : List.of(Stratum.UNLABELLED, Stratum.NORMAL)) {
      List<Row> kept = chosen.stream().filter(row -> row.stratum().equals(stratum)).toList();
      long all = of.stream().filter(row -> row.stratum().equals(stratum)).count();
      roomy.bound(kept, (int) all).ifPresent(bound -> bounds.put(stratum, bound));
    }
  }

  /** Returns the row of these coordinates, if it is still here. */
  Optional<Sample> find(Coordinates coordinates) {
    return slices.values().stream()
        .map(slice -> slice.find(coordinates))
        .filter(Objects::nonNull)
        .map(Row::sample)
        .findAny();
  }

  /** Moves the window to where the stream stands. */
  void moveTo(long now) {
    first = times.first(now);
    List.copyOf(slices.headMap(first - SLICES_BEHIND).keySet()).forEach(this::drop);
  }

  private Collection<WindowSlice> inWindow() {
    return first == null ? slices.values() : slices.tailMap(first).values();
  }

  /** Returns the rows to train on by topic, partition and offset: as they came. */
  List<Sample> samples() {
    List<Row> all = new ArrayList<>();
    inWindow().forEach(slice -> all.addAll(slice.rows()));
    return rule.choose(all).stream()
        .sorted(Comparator.comparing(Row::coordinates, Row.BY_PLACE))
        .map(Row::sample)
        .toList();
  }

  /** Returns how many rows of each class there are to train on. */
  SortedMap<String, Integer> sizes() {
    Map<Stratum, Integer> all = new HashMap<>();
    inWindow()
        .forEach(slice -> slice.sizes().forEach((of, size) -> all.merge(of, size, Integer::sum)));
    SortedMap<String, Integer> sizes = new TreeMap<>();
    rule.sizes(all).forEach((stratum, size) -> sizes.merge(stratum.name(), size, Integer::sum));
    return sizes;
  }

  /** Returns how many rows there are to train on. */
  int size() {
    long all = inWindow().stream().mapToLong(WindowSlice::size).sum();
    return (int) Math.min(all, rule.maximum());
  }

  /** Returns whether there are as many rows to train on as may be. */
  boolean isFull() {
    return size() == rule.maximum();
  }
}

package dev.eddy.evaluation;

import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Rows to learn from, with as much of the truth as a protocol lets the detector know, and rows to
 * measure on; both in the file's order.
 */
public record EvaluationSplit(List<Sample> training, List<LabelledObservation> test) {
  private static final double TRAINING_SHARE = 0.7;
  private static final double NORMAL_TRAINING_SHARE = 0.5;

  /** Copies the lists. */
  public EvaluationSplit {
    training = List.copyOf(training);
    test = List.copyOf(test);
  }

  /**
   * Divides the rows of one file. Both kinds of row are divided in the same proportion, but of two
   * rows or more of a kind at least one is measured on.
   *
   * @param labelledShare of the training anomalies, rounded up; for {@link Protocol#LABELLED}
   */
  public static EvaluationSplit of(
      Protocol protocol, double labelledShare, List<LabelledObservation> rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] chosen = new boolean[rows.size()];
    double share = protocol == Protocol.ONE_CLASS ? NORMAL_TRAINING_SHARE : TRAINING_SHARE;
    chooseAllButOne(places(rows, row -> !row.anomalous()), share, random, chosen);
    if (protocol != Protocol.ONE_CLASS) {
      chooseAllButOne(places(rows, LabelledObservation::anomalous), share, random, chosen);
    }
    List<LabelledObservation> training = new ArrayList<>();
    List<LabelledObservation> test = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      (chosen[i] ? training : test).add(rows.get(i));
    }
    return new EvaluationSplit(samples(protocol, labelledShare, training, random), test);
  }

  /** Learns from all rows of one file, as far as the protocol has it, and measures on another. */
  public static EvaluationSplit of(
      Protocol protocol,
      double labelledShare,
      List<LabelledObservation> training,
      List<LabelledObservation> test,
      long seed) {
    List<LabelledObservation> used =
        protocol == Protocol.ONE_CLASS
            ? training.stream().filter(row -> !row.anomalous()).toList()
            : training;
    return new EvaluationSplit(
        samples(protocol, labelledShare, used, new SplittableRandom(seed)), test);
  }

  private static List<Sample> samples(
      Protocol protocol,
      double labelledShare,
      List<LabelledObservation> training,
      SplittableRandom random) {
    boolean[] labelled = new boolean[training.size()];
    if (protocol == Protocol.LABELLED) {
      int[] anomalies = places(training, LabelledObservation::anomalous);
      choose(anomalies, roundedUp(labelledShare, anomalies), random, labelled);
    }
    Truth others = protocol == Protocol.ONE_CLASS ? Truth.NORMAL : Truth.UNKNOWN;
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < labelled.length; i++) {
      LabelledObservation row = training.get(i);
      samples.add(
          labelled[i]
              ? new Sample(row.observation(), Truth.ANOMALOUS, row.labelClass())
              : new Sample(row.observation(), others, null));
    }
    return samples;
  }

  private static int[] places(
      List<LabelledObservation> rows, Predicate<LabelledObservation> wanted) {
    int[] places = new int[rows.size()];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      if (wanted.test(rows.get(i))) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  /** Marks a random share of the places, rounded up; of two or more never all. */
  private static void chooseAllButOne(
      int[] places, double share, SplittableRandom random, boolean[] chosen) {
    int most = places.length < 2 ? places.length : places.length - 1;
    choose(places, Math.min(most, roundedUp(share, places)), random, chosen);
  }

  private static int roundedUp(double share, int[] places) {
    return (int) Math.ceil(share * places.length - 1e-9);
  }

  /** Marks so many of the places, at random. */
  private static void choose(int[] places, int wanted, SplittableRandom random, boolean[] chosen) {
    for (int i = 0; i < wanted; i++) {
      int other = i + random.nextInt(places.length - i);
      int place = places[other];
      places[other] = places[i];
      chosen[place] = true;
    }
  }

  /** Returns how many training rows the detector is told are anomalous. */
  public int labelledAnomalies() {
    return (int) training.stream().filter(sample -> sample.truth() == Truth.ANOMALOUS).count();
  }
}

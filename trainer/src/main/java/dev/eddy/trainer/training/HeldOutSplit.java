package dev.eddy.trainer.training;

import dev.eddy.event.CoordinateHash;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows to train on, and rows that no training ever sees. Which is which depends on a row's
 * coordinates alone, so it is the same for every version: candidate and champion meet on rows that
 * are new to both. Neighbours are held out together, in blocks of {@value #BLOCK} offsets: records
 * of one second are alike, and a row whose neighbour was trained on is hardly new.
 *
 * @param training in the order of the samples
 * @param heldOut about a quarter of the samples, in their order
 */
public record HeldOutSplit(List<Sample> training, List<Sample> heldOut) {
  private static final int BLOCK = 32;
  private static final int ONE_BLOCK_IN = 4;

  /** A constant, so that a change of the training seed leaves the held-out rows held out. */
  private static final long SEED = 0x6865_6c64_6f75_7400L;

  /** Copies the lists. */
  public HeldOutSplit {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /** Splits samples. */
  public static HeldOutSplit of(List<Sample> samples) {
    List<Sample> training = new ArrayList<>();
    List<Sample> heldOut = new ArrayList<>();
    for (Sample sample : samples) {
      (isHeldOut(sample.observation()) ? heldOut : training).add(sample);
    }
    return new HeldOutSplit(training, heldOut);
  }

  /** Returns whether no training ever sees a row. */
  static boolean isHeldOut(Observation row) {
    long hash = CoordinateHash.ofBlock(row.event().coordinates(), BLOCK, SEED);
    return Math.floorMod(hash, ONE_BLOCK_IN) == 0;
  }
}

package dev.eddy.stream.topology;

import dev.eddy.feature.Observation;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.SecondOpinion;
import dev.eddy.stream.alert.AlertThreshold;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.Shadow;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the shadow score some of a task's batches, and compares. It never gets more than {@link
 * #SHARE} of the time that scoring takes anyway: a batch is its turn when that much was saved up.
 * Whatever goes wrong in it ends the shadow for this task, and nothing else. An instance belongs to
 * one thread.
 */
final class ShadowScoring {
  static final double SHARE = 0.1;

  private static final Logger LOG = LoggerFactory.getLogger(ShadowScoring.class);

  private final Shadow shadow;
  private final AlertThreshold threshold;
  private final int batchSize;
  private @Nullable Champion offered;
  private @Nullable ModelBatchScorer scorer;
  private double savedNanos;

  ShadowScoring(Shadow shadow, AlertThreshold threshold, int batchSize) {
    this.shadow = shadow;
    this.threshold = threshold;
    this.batchSize = batchSize;
  }

  /**
   * Scores a batch too, if it is its turn.
   *
   * @param champion what the champion made of it
   * @param took how long that took
   */
  void score(int rows, IntFunction<Observation> batch, ScoredBatch champion, Duration took) {
    Champion current = shadow.version().get();
    if (current == null && scorer == null) {
      return;
    }
    savedNanos += SHARE * took.toNanos();
    if (savedNanos < 0) {
      return;
    }
    long start = System.nanoTime();
    try {
      takeOver(current);
      if (scorer != null && current != null) {
        compare(scorer, current, rows, batch, champion);
      }
    } catch (RuntimeException e) { // whatever an engine throws: nobody relies on the shadow
      LOG.atWarn().setCause(e).log("the shadow cannot score, and is left out");
      close();
    }
    savedNanos -= System.nanoTime() - start;
  }

  private void takeOver(@Nullable Champion current) {
    if (Objects.equals(current, offered)) {
      return;
    }
    close();
    offered = current; // also when it cannot be opened: it is not tried again for each batch
    scorer = current == null ? null : new ModelBatchScorer(current, batchSize);
  }

  private void compare(
      ModelBatchScorer open,
      Champion current,
      int rows,
      IntFunction<Observation> batch,
      ScoredBatch champion) {
    open.clear();
    double[] second = new double[rows];
    boolean beside = champion.detectorNames().contains(SecondOpinion.BASELINE);
    for (int row = 0; row < rows; row++) {
      open.add(batch.apply(row));
      second[row] =
          beside
              ? champion.detectors(row).getOrDefault(SecondOpinion.BASELINE, Double.NaN)
              : Double.NaN;
    }
    ScoredBatch own = open.score();
    ScoredBatch scored = beside ? SecondOpinion.fuse(own, second) : own;
    double limit = threshold.current();
    for (int row = 0; row < rows; row++) {
      shadow.figures().compared(current.version(), champion.score(row), scored.score(row), limit);
    }
  }

  /** Frees native memory. */
  void close() {
    if (scorer != null) {
      scorer.close();
      scorer = null;
    }
  }
}

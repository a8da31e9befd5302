package dev.eddy.stream.topology;

import dev.eddy.feature.Observation;
import dev.eddy.scoring.Explanation;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Explains the alerts of one batch as long as there is time. Where a whole fleet raises alerts at
 * once, explaining all of them takes longer than Kafka lets a transaction last, which would be
 * begun anew again and again; then alerts without reasons are better than none.
 */
final class ExplanationBudget implements Function<Observation, Explanation> {
  /** A fifth of the ten seconds that Kafka Streams gives a transaction. */
  static final Duration A_BATCH = Duration.ofSeconds(2);

  private final Function<Observation, Explanation> explainer;
  private final LongSupplier nanoTime;
  private long spentNanos;

  /** Has the whole budget of a batch. */
  ExplanationBudget(Function<Observation, Explanation> explainer, LongSupplier nanoTime) {
    this.explainer = explainer;
    this.nanoTime = nanoTime;
  }

  @Override
  public Explanation apply(Observation observation) {
    if (spentNanos >= A_BATCH.toNanos()) {
      return Explanation.NONE;
    }
    long start = nanoTime.getAsLong();
    try {
      return explainer.apply(observation);
    } finally {
      spentNanos += nanoTime.getAsLong() - start;
    }
  }
}

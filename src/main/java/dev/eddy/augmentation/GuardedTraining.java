package dev.eddy.augmentation;

import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training that survives: every {@value #EVERY} steps it looks whether all is well and remembers
 * the weights. When a loss or a gradient is not finite, or a look finds a collapse, it goes back to
 * the weights that were well and on with half the step; where that does not help either, with the
 * other objective, if the network has one. What happened is kept for the report.
 */
final class GuardedTraining {
  static final int EVERY = 100;
  private static final int MOST_INCIDENTS = 4;
  private static final float SMALLER = 0.5f;

  private final String network;
  private final GeneratorListener listener;
  private final List<String> incidents = new ArrayList<>();

  /** One stretch of training from given weights. */
  interface Attempt extends AutoCloseable {

    /**
     * Learns from one batch.
     *
     * @param rateShare what the learning rate is multiplied by
     * @return the batch's loss
     * @throws TrainingDivergedException if a loss or a gradient is not finite
     */
    double step(int step, float rateShare);

    /** Looks at what it has become; null: all is well. */
    @Nullable String trouble();

    /** Returns everything that another attempt can start from. */
    Tensors weights();

    /** Returns the weights to generate with. */
    Tensors result();

    @Override
    void close();
  }

  /** Starts an attempt. */
  interface Start {
    /**
     * Makes it of weights.
     *
     * @param firstStep step at which it begins
     * @param otherObjective whether to train to the other objective
     */
    Attempt from(Tensors weights, int firstStep, boolean otherObjective);
  }

  /** Makes a training; its name is for the report. */
  GuardedTraining(String network, GeneratorListener listener) {
    this.network = network;
    this.listener = listener;
  }

  /** Returns what went wrong and what was done, in order. */
  List<String> incidents() {
    return List.copyOf(incidents);
  }

  /**
   * Trains.
   *
   * @param objectives 2 where there is another objective to turn to, else 1
   * @throws TrainingDivergedException if it went wrong once too often
   */
  Tensors run(Tensors initial, int steps, int objectives, Start start) {
    Tensors good = initial;
    int from = 0;
    float rateShare = 1;
    boolean other = false;
    while (true) {
      int reached = from;
      String trouble;
      int step = from;
      try (Attempt attempt = start.from(good, from, other)) {
        trouble = null;
        while (trouble == null && step < steps) {
          double loss = attempt.step(step, rateShare);
          step++;
          listener.trained(network, step, steps, loss);
          if (step % EVERY == 0 || step == steps) {
            trouble = attempt.trouble();
            if (trouble == null) {
              good = attempt.weights();
              reached = step;
            }
          }
        }
        if (trouble == null) {
          return attempt.result();
        }
      } catch (TrainingDivergedException e) {
        if (incidents.size() + 1 >= MOST_INCIDENTS) {
          throw e;
        }
        trouble = e.getMessage();
      }
      if (incidents.size() + 1 >= MOST_INCIDENTS) {
        throw new TrainingDivergedException(
            "network %s: %s at step %d, and %s"
                .formatted(network, trouble, step, String.join("; ", incidents)));
      }
      other = objectives > 1 && !incidents.isEmpty();
      rateShare *= SMALLER;
      incidents.add(
          "%s at step %d: %s; went back to step %d with %s of the step%s"
              .formatted(
                  network, step, trouble, reached, rateShare, other ? ", other objective" : ""));
      from = reached;
    }
  }
}

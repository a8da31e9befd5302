package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.function.Supplier;

/** The steps of one training: within the time budget, watched for divergence, reported. */
public final class TrainingLoop {
  private static final int REPORT_EVERY = 50;

  private TrainingLoop() {}

  /** One step of a training. */
  @FunctionalInterface
  public interface Step {
    /** Learns, and returns the loss of its batch in nats. */
    double learn(int step);
  }

  /** What one network is to minimise. */
  @FunctionalInterface
  public interface Loss {
    /** Returns the loss of the next batch, a scalar; arrays between belong to the call. */
    NDArray of(Parameters parameters, NDManager call, int step);
  }

  /**
   * Does the steps, or those that there is time for.
   *
   * @param name of the network, for progress and errors
   * @throws TrainingDivergedException if a loss is not finite
   */
  public static void run(String name, int steps, TrainingTask task, Step learner) {
    run(name, steps, task, learner, Map::of);
  }

  private static void run(
      String name,
      int steps,
      TrainingTask task,
      Step learner,
      Supplier<Map<String, Double>> parts) {
    TimeBudget.Pace pace = task.budget().pace(steps);
    int step = 0;
    while (step < steps) {
      double loss = learner.learn(step);
      if (!Double.isFinite(loss)) {
        throw new TrainingDivergedException(name, step, loss);
      }
      int next = Math.min(steps, pace.after(step));
      if (next / REPORT_EVERY > step / REPORT_EVERY || next == steps) {
        task.progress().progress(name, next, steps, loss, parts.get());
      }
      step = next;
    }
  }

  /**
   * Trains one network by gradient descent.
   *
   * @param device the one of the task, or where the work went when that one failed
   * @param parts what the last loss was made of, for progress
   * @return the trained parameters
   * @throws TrainingDivergedException if a loss is not finite
   */
  public static Tensors minimise(
      String name,
      Tensors initial,
      Adam.Settings optimiser,
      OneCycle cycle,
      ModelDevice device,
      TrainingTask task,
      Loss loss,
      Supplier<Map<String, Double>> parts) {
    try (Parameters parameters = Parameters.forTraining(initial, device);
        Adam adam = new Adam(parameters, optimiser);
        Autograd autograd = new Autograd()) {
      run(
          name,
          cycle.steps(),
          task,
          step -> {
            double value;
            try (NDManager call = parameters.newCall()) {
              NDArray scalar = loss.of(parameters, call, step);
              value = scalar.getFloat();
              autograd.backward(scalar);
            }
            adam.step(cycle.rate(step), cycle.momentum(step));
            return value;
          },
          parts);
      return parameters.toTensors();
    }
  }
}

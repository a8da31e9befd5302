package dev.eddy.model;

import static java.util.Objects.requireNonNull;

/**
 * Where networks are trained, who hears of it, and how long it may take.
 *
 * @param device where
 * @param deviceListener hears of a GPU that failed
 * @param progress hears how it goes
 * @param budget is used up by one training after the other
 */
public record TrainingTask(
    ModelDevice device,
    DeviceListener deviceListener,
    TrainingListener progress,
    TimeBudget budget) {

  /** Checks that the parts are there. */
  public TrainingTask {
    requireNonNull(device, "device");
    requireNonNull(deviceListener, "deviceListener");
    requireNonNull(progress, "progress");
    requireNonNull(budget, "budget");
  }

  /** Takes the time that it takes, and tells nobody. */
  public static TrainingTask on(ModelDevice device) {
    return new TrainingTask(
        device, DeviceListener.NONE, TrainingListener.NONE, TimeBudget.unlimited());
  }
}

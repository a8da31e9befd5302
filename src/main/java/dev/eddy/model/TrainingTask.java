package dev.eddy.model;

import static java.util.Objects.requireNonNull;

/**
 * Where networks are trained, who hears of it, and how long it may take.
 *
 * @param device where
 * @param deviceListener hears of a GPU that failed
 * @param progress hears how it goes
 * @param budget is used up by one training after the other
 * @param start networks to begin with
 */
public record TrainingTask(
    ModelDevice device,
    DeviceListener deviceListener,
    TrainingListener progress,
    TimeBudget budget,
    WarmStart start) {

  /** Checks that the parts are there. */
  public TrainingTask {
    requireNonNull(device, "device");
    requireNonNull(deviceListener, "deviceListener");
    requireNonNull(progress, "progress");
    requireNonNull(budget, "budget");
    requireNonNull(start, "start");
  }

  /** Begins with random weights. */
  public TrainingTask(
      ModelDevice device,
      DeviceListener deviceListener,
      TrainingListener progress,
      TimeBudget budget) {
    this(device, deviceListener, progress, budget, WarmStart.NONE);
  }

  /** Takes the time that it takes, and tells nobody. */
  public static TrainingTask on(ModelDevice device) {
    return new TrainingTask(
        device, DeviceListener.NONE, TrainingListener.NONE, TimeBudget.unlimited());
  }

  /** Returns the same with networks to begin with. */
  public TrainingTask from(WarmStart earlier) {
    return new TrainingTask(device, deviceListener, progress, budget, earlier);
  }
}

package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import dev.eddy.augmentation.GuardedTraining.Attempt;
import dev.eddy.model.Adam;
import dev.eddy.model.Autograd;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.MovingAverage;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingDivergedException;
import org.jspecify.annotations.Nullable;

/** What attempts at training one network by one loss have in common. */
abstract class NetworkTraining implements Attempt {
  private static final float DECAY = 0.995f;
  private static final float BETA1 = 0.9f;
  private static final double LONGEST_GRADIENT = 5;
  private static final double WEIGHT_DECAY = 1e-5;

  private final String network;
  private final Parameters parameters;
  private final MovingAverage average;
  private final Adam adam;

  NetworkTraining(String network, Tensors weights, ModelDevice device) {
    this.network = network;
    this.parameters = Parameters.forTraining(weights, device);
    this.average = new MovingAverage(weights, device, DECAY);
    this.adam =
        new Adam(parameters, new Adam.Settings(0.999, WEIGHT_DECAY, true, LONGEST_GRADIENT));
  }

  /** Returns the parameters in training. */
  Parameters parameters() {
    return parameters;
  }

  /**
   * Goes one step down a loss; inside the scope of the call that the loss belongs to.
   *
   * @return the loss
   */
  double descend(Autograd autograd, NDArray loss, int step, float rate) {
    float value = loss.getFloat();
    if (!Float.isFinite(value)) {
      throw new TrainingDivergedException(network, step, value);
    }
    autograd.backward(loss);
    adam.step(rate, BETA1);
    if (!Double.isFinite(adam.norm())) {
      throw new TrainingDivergedException(
          "network %s: gradient must be finite, got norm %s at step %d"
              .formatted(network, adam.norm(), step));
    }
    average.add(parameters, step);
    return value;
  }

  @Override
  public @Nullable String trouble() {
    return null; // a likelihood that falls has not collapsed; what it generates is looked at once
  }

  @Override
  public Tensors weights() {
    return parameters.toTensors();
  }

  @Override
  public Tensors result() {
    return average.toTensors();
  }

  @Override
  public void close() {
    adam.close();
    average.close();
    parameters.close();
  }
}

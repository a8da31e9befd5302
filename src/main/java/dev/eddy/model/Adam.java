package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adam, with weight decay in the gradient or, as AdamW, apart from it. Costs two more arrays a
 * parameter. An instance belongs to the thread that trains.
 *
 * <p>Kingma and Ba, "Adam", 2015, arXiv:1412.6980; Loshchilov and Hutter, "Decoupled Weight Decay
 * Regularization", 2019, arXiv:1711.05101. The denominator's epsilon, 1e-8, is added before the
 * bias of the second moment is corrected.
 */
public final class Adam implements AutoCloseable {
  private static final float EPSILON = 1e-8f;
  private static final float NO_CLIP = -1f;

  private record Slot(PtNDArray parameter, PtNDArray mean, PtNDArray variance) {}

  private final Settings settings;
  private final NDManager state;
  private final List<Slot> slots = new ArrayList<>();
  private int steps;
  private double norm;

  /**
   * How it updates.
   *
   * @param beta2 decay of the second moment, in [0, 1)
   * @param weightDecay {@code >= 0}
   * @param decoupled whether the decay is apart from the gradient (AdamW)
   * @param maximumNorm longest gradient over all parameters; longer ones are scaled down to it;
   *     infinite for no limit
   */
  public record Settings(double beta2, double weightDecay, boolean decoupled, double maximumNorm) {
    /** Adam with decay in the gradient. */
    public static Settings adam(double weightDecay, double maximumNorm) {
      return new Settings(0.999, weightDecay, false, maximumNorm);
    }

    /** AdamW without a limit on the gradient. */
    public static Settings adamW(double weightDecay) {
      return new Settings(0.999, weightDecay, true, Double.POSITIVE_INFINITY);
    }
  }

  /** Makes an optimiser of all parameters; the caller closes it before them. */
  public Adam(Parameters parameters, Settings settings) {
    this.settings = settings;
    this.state = parameters.newCall();
    for (NDArray parameter : parameters.all()) {
      slots.add(
          new Slot(
              (PtNDArray) parameter,
              (PtNDArray) state.zeros(parameter.getShape()),
              (PtNDArray) state.zeros(parameter.getShape())));
    }
  }

  /**
   * Moves the parameters against their gradients, and sets the gradients back to 0.
   *
   * @param rate learning rate
   * @param beta1 decay of the first moment
   */
  public void step(float rate, float beta1) {
    steps++;
    double correction =
        Math.sqrt(1 - Math.pow(settings.beta2(), steps)) / (1 - Math.pow(beta1, steps));
    try (NDManager step = state.newSubManager()) {
      List<@Nullable PtNDArray> gradients = new ArrayList<>();
      for (Slot slot : slots) {
        PtNDArray gradient = JniUtils.getGradient(slot.parameter());
        if (gradient != null) {
          gradient.attach(step); // it joins the parameter's manager otherwise, and stays
        }
        gradients.add(gradient);
      }
      float scale = scale(gradients);
      if (Float.isNaN(scale)) {
        slots.forEach(slot -> JniUtils.zeroGrad(slot.parameter()));
        return; // the parameters stay as they were; the norm says why
      }
      for (int i = 0; i < slots.size(); i++) {
        PtNDArray gradient = gradients.get(i);
        if (gradient != null) {
          update(slots.get(i), gradient, rate, (float) (rate * correction), scale, beta1);
        }
      }
    }
  }

  private void update(
      Slot slot, PtNDArray gradient, float rate, float correctedRate, float scale, float beta1) {
    JniUtils.adamUpdate(
        slot.parameter(),
        gradient,
        slot.mean(),
        slot.variance(),
        rate,
        correctedRate,
        (float) settings.weightDecay(),
        scale,
        NO_CLIP,
        beta1,
        (float) settings.beta2(),
        EPSILON,
        settings.decoupled());
    JniUtils.zeroGrad(slot.parameter());
  }

  /** Returns what the gradients are multiplied by, so that they are no longer than allowed. */
  private float scale(List<@Nullable PtNDArray> gradients) {
    if (Double.isInfinite(settings.maximumNorm())) {
      return 1f;
    }
    NDList norms = new NDList();
    for (PtNDArray gradient : gradients) {
      if (gradient != null) {
        norms.add(gradient.norm());
      }
    }
    norm = NDArrays.stack(norms).norm().getFloat();
    return Double.isFinite(norm)
        ? (float) Math.min(1, settings.maximumNorm() / (norm + 1e-6))
        : Float.NaN;
  }

  /**
   * Returns the length of the last step's gradient over all parameters; not finite: that step was
   * left out; 0 where the settings set no limit, for which it is not computed.
   */
  public double norm() {
    return norm;
  }

  /** Frees the moments. */
  @Override
  public void close() {
    state.close();
  }
}

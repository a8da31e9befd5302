package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import dev.eddy.model.Mlp;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The discriminator's layers: d-64-64-1. Its output is the logit of "anomalous". */
public final class DiscriminatorNetwork {
  private static final int HIDDEN = 64;

  private final int features;
  private final Mlp layers;

  DiscriminatorNetwork(String prefix, int features) {
    this.features = features;
    this.layers = new Mlp(prefix, features, HIDDEN, HIDDEN, 1);
  }

  /** Names the network that trained tensors belong to. */
  public static DiscriminatorNetwork of(String prefix, Tensors tensors) {
    return new DiscriminatorNetwork(prefix, tensors.get(prefix + "0.weight").dimension(1));
  }

  /** Returns the width of a row that it takes. */
  public int features() {
    return features;
  }

  Tensors initial(SplittableRandom random) {
    return layers.initial(random);
  }

  /** Returns the logits of a batch of shape (batch, features); shape (batch, 1), its manager. */
  public NDArray logits(NDArray x, Parameters parameters) {
    return logits(x, parameters, UnaryOperator.identity());
  }

  /** The same with parameters from anywhere, such as normalised ones. */
  NDArray logits(NDArray x, Function<String, NDArray> parameters) {
    return layers.apply(parameters, x);
  }

  /** Returns activations of the last hidden layer; shape (batch, {@value #HIDDEN}). */
  NDArray features(NDArray x, Function<String, NDArray> parameters) {
    return layers.features(parameters, x);
  }

  /** Returns the derivative of each logit by its row; shape (batch, features). */
  NDArray derivative(NDArray x, Function<String, NDArray> parameters) {
    return layers.derivative(parameters, x);
  }

  /** Returns the names of the weights, first layer first. */
  List<String> weightNames() {
    return layers.weightNames();
  }

  NDArray logits(NDArray x, Parameters parameters, UnaryOperator<NDArray> dropout) {
    return layers.apply(parameters, x, dropout);
  }
}

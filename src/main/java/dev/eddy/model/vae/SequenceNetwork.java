package dev.eddy.model.vae;

import ai.djl.ndarray.NDArray;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import java.util.SplittableRandom;

/** Layers that turn a window of values into features. Holds names and widths only. */
sealed interface SequenceNetwork permits ConvolutionNetwork, AttentionNetwork {

  /** Returns how many features there are. */
  int features();

  /** Returns initial parameters. */
  Tensors initial(SplittableRandom random);

  /**
   * Applies the layers.
   *
   * @param window shape (batch, channels, time)
   * @return shape (batch, features); it and all between join the window's manager
   */
  NDArray apply(NDArray window, Parameters parameters);
}

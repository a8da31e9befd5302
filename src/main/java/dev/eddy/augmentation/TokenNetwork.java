package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;

/** A trained network of one family, on the heap. Immutable. */
interface TokenNetwork {

  /** Returns its family. */
  Recipe recipe();

  /** Returns how many classes it has, the first of the generator's. */
  int classes();

  /** Returns the width of its layers. */
  int hidden();

  /** Returns how many values its latent code has; 0: none. */
  default int codes() {
    return 0;
  }

  /** Returns its parameters. */
  Tensors tensors();

  /** Returns whether its logits are to be added to those that its classes' copula starts from. */
  boolean startsFromCopula();

  /** Opens it on a device, and says so when it leaves a failing GPU; the caller closes it. */
  LogitSource open(ModelDevice device, DeviceListener listener);
}

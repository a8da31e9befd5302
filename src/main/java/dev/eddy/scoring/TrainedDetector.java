package dev.eddy.scoring;

import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import java.util.List;

/**
 * One part of the ensemble after its training: immutable, on the heap, safe for use by several
 * threads, each of which opens a {@link Detector} of its own.
 */
interface TrainedDetector {

  /** Returns the names of its scores, for example {@code histogram.density}. */
  List<String> scoreNames();

  /** Returns all that it has learned; {@link DetectorFamily#read} takes it back. */
  Tensors tensors();

  /**
   * Opens it for one thread; the caller closes.
   *
   * @param device where its networks run, if it has any
   * @param listener hears of a GPU that failed
   */
  Detector open(ModelDevice device, DeviceListener listener);
}

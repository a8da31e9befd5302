package dev.eddy.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.Parameters;
import dev.eddy.model.Tensors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What stands before an encoder that reads windows: their features in place of their columns. */
final class WindowReader {
  private final List<Run> plain;
  private final List<List<Run>> channels;
  private final SequenceNetwork network;
  private final int width;

  /** Columns of a row that stand side by side. */
  private record Run(int from, int length) {
    PtNDArray of(NDArray x) {
      return JniUtils.slice((PtNDArray) x, 1, from, (long) from + length, 1);
    }
  }

  /**
   * Names a reader's layers.
   *
   * @param prefix of its parameters
   * @param features width of a row
   */
  WindowReader(String prefix, int features, VaeWindow window) {
    Set<Integer> taken = new HashSet<>();
    window.places().forEach(taken::addAll);
    List<Integer> others = new ArrayList<>();
    for (int column = 0; column < features; column++) {
      if (!taken.contains(column)) {
        others.add(column);
      }
    }
    this.plain = runs(others);
    this.channels = window.places().stream().map(WindowReader::runs).toList();
    this.network =
        switch (window.kind()) {
          case CONVOLUTION -> new ConvolutionNetwork(prefix, window.channels(), window.length());
          case ATTENTION -> new AttentionNetwork(prefix, window.channels(), window.length());
          case MLP -> throw new IllegalArgumentException("window must have a network, got mlp");
        };
    this.width = others.size() + network.features();
  }

  private static List<Run> runs(List<Integer> columns) {
    List<Run> runs = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= columns.size(); i++) {
      if (i == columns.size() || columns.get(i) != columns.get(i - 1) + 1) {
        runs.add(new Run(columns.get(start), i - start));
        start = i;
      }
    }
    return runs;
  }

  /** Returns the width of what the encoder gets. */
  int width() {
    return width;
  }

  Tensors initial(SplittableRandom random) {
    return network.initial(random);
  }

  /** Returns the plain columns and the windows' features; shape (batch, {@link #width()}). */
  NDArray read(NDArray x, Parameters parameters) {
    NDList stacked = new NDList();
    for (List<Run> channel : channels) {
      stacked.add(together(channel, x));
    }
    NDList all = new NDList(network.apply(NDArrays.stack(stacked, 1), parameters));
    plain.forEach(run -> all.add(run.of(x)));
    return NDArrays.concat(all, 1);
  }

  private static NDArray together(List<Run> runs, NDArray x) {
    NDList parts = new NDList();
    runs.forEach(run -> parts.add(run.of(x)));
    return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 1);
  }
}

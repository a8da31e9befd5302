package dev.eddy.model.vae;

import dev.eddy.definition.Detection.Window;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which columns of a row are values of the same number at one record after another.
 *
 * @param kind of network that reads them; not {@link Window#MLP}
 * @param places columns of the row by channel, the latest value first; as many in each channel, at
 *     least two
 */
public record VaeWindow(Window kind, List<List<Integer>> places) {
  private static final String PLACES = "window.places";
  private static final String ATTENTION = "window.attention";

  /** Copies the lists, and refuses a window that is none. */
  public VaeWindow {
    places = places.stream().map(List::copyOf).toList();
    long lengths = places.stream().map(List::size).distinct().count();
    if (kind == Window.MLP || lengths != 1 || places.get(0).size() < 2) {
      throw new IllegalArgumentException(
          "window must be of convolution or attention, with channels of one length >= 2, got %s, %s"
              .formatted(kind, places));
    }
  }

  int channels() {
    return places.size();
  }

  int length() {
    return places.get(0).size();
  }

  static boolean isIn(Tensors tensors, String prefix) {
    return tensors.contains(prefix + PLACES);
  }

  /** Reads back what {@link #toTensors} wrote. */
  static VaeWindow of(Tensors tensors, String prefix) {
    Tensor places = tensors.get(prefix + PLACES);
    int length = places.dimension(1);
    List<List<Integer>> channels =
        IntStream.range(0, places.dimension(0))
            .mapToObj(
                channel ->
                    IntStream.range(0, length)
                        .mapToObj(i -> (int) places.get(channel * length + i))
                        .toList())
            .toList();
    boolean attention = tensors.get(prefix + ATTENTION).get(0) != 0;
    return new VaeWindow(attention ? Window.ATTENTION : Window.CONVOLUTION, channels);
  }

  Tensors toTensors() {
    float[] cells = new float[channels() * length()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = places.get(i / length()).get(i % length());
    }
    float attention = kind == Window.ATTENTION ? 1 : 0;
    return Tensors.of(
        Map.of(
            PLACES, Tensor.of(cells, channels(), length()),
            ATTENTION, Tensor.of(new float[] {attention}, 1)));
  }
}

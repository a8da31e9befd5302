package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmStartTest {
  private static final Tensors EARLIER =
      Tensors.of(
          Map.of(
              "vae.0.weight", Tensor.of(new float[6], 2, 3),
              "vae.0.bias", Tensor.of(new float[2], 2)));
  private static final WarmStart START = new WarmStart(EARLIER);

  @Test
  void findsWhatHasTheSameNamesAndShapes() {
    assertThat(START.find("vae", layer(2, 3))).contains(EARLIER.under("vae."));
  }

  @Test
  void findsNothingOfAnotherNetworkOrAnotherShape() {
    assertThat(START.find("other", layer(2, 3))).isEmpty();
    assertThat(START.find("vae", layer(2, 4))).isEmpty();
    assertThat(START.find("vae", layer(3, 3))).isEmpty();
    assertThat(WarmStart.NONE.find("vae", layer(2, 3))).isEmpty();
  }

  @Test
  void goesOnWithFewerStepsAtALowerRate() {
    assertThat(WarmStart.shortened(new OneCycle(0.01, 500, 0.2)))
        .isEqualTo(new OneCycle(0.5 * 0.01, 200, 0.2));
    assertThat(WarmStart.shortened(new OneCycle(0.01, 4, 0.2)).steps()).isEqualTo(2);
  }

  private static Tensors layer(int out, int in) {
    return Tensors.of(
        Map.of(
            "0.weight", Tensor.of(new float[out * in], out, in),
            "0.bias", Tensor.of(new float[out], out)));
  }
}

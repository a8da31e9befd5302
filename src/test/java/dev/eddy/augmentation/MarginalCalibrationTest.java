package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarginalCalibrationTest {

  @Test
  void movesTheSharesOfEachColumnToTheWantedOnesAndLeavesOtherClassesAlone() {
    double[][] cells = new double[20][];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new double[] {i % 4};
    }
    TokenLayout layout =
        ToyStream.encoderOfOneNumber(cells).layout(); // 4 tokens, and 1 of the entity
    SplittableRandom random = new SplittableRandom(1);
    float[] logits = new float[500 * layout.width()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * 2 + i % layout.width();
    }
    double[] wanted = {0.4, 0.3, 0.2, 0.1, 1};
    float[] offsets = new float[2 * layout.width()];

    MarginalCalibration.calibrate(layout, logits, wanted, offsets, layout.width());

    assertThat(MarginalCalibration.shares(layout, logits, new float[layout.width()], 0)[0])
        .isLessThan(0.1);
    double[] shares = MarginalCalibration.shares(layout, logits, offsets, layout.width());
    for (int token = 0; token < wanted.length; token++) {
      assertThat(shares[token]).isCloseTo(wanted[token], within(0.01));
    }
    assertThat(Arrays.copyOf(offsets, layout.width())).containsOnly(0f);
  }
}

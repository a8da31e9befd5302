package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.eddy.feature.FeatureMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatricesTest {
  // 135,476 floats once met a buffer whose aligned end was 16 bytes short of them.
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 4_096, 4_097, 20_003, 135_476})
  void bringsBackWhatItTookWhateverTheSize(int cells) {
    FeatureMatrix rows = new FeatureMatrix(1, cells);
    for (int i = 0; i < cells; i++) {
      rows.values()[rows.append()] = i;
    }

    try (NDManager manager = Engines.newManager(ModelDevice.CPU)) {
      FeatureMatrix back = Matrices.toHeap(new Matrices().toNative(manager, rows));

      assertThat(back.toArray()).isEqualTo(rows.toArray());
    }
  }

  @Test
  void cutsRowsIntoChunksInOrder() {
    FeatureMatrix rows = new FeatureMatrix(2, 5);
    for (int i = 0; i < 5; i++) {
      rows.append(new float[] {i, -i});
    }

    List<FeatureMatrix> chunks = Matrices.chunks(rows, 2);

    assertThat(chunks).extracting(FeatureMatrix::rows).containsExactly(2, 2, 1);
    assertThat(chunks.get(2).row(0)).containsExactly(4, -4);
  }
}

package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.feature.EncodedColumn;
import dev.eddy.feature.EncodedColumn.Kind;
import dev.eddy.feature.FeatureMatrix;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StandardizerTest {
  private static final Offset<Float> ROUNDING = within(1e-5f);
  private static final List<EncodedColumn> COLUMNS =
      List.of(
          new EncodedColumn(0, "load", Kind.NUMBER),
          new EncodedColumn(1, "fixed", Kind.NUMBER),
          new EncodedColumn(2, "kind=rare", Kind.CATEGORY));

  @Test
  void bringsColumnsToMeanZeroAndDeviationOne() {
    Standardizer standardizer =
        Standardizer.fit(COLUMNS, rows(new float[][] {{-1, 7, 0}, {1, 7, 1}}));

    DetectorInput input = standardizer.standardize(rows(new float[][] {{1, 7, 1}, {0, 7, 0}}));

    assertThat(input.asinh().row(0)).containsExactly(new float[] {1, 1}, ROUNDING);
    assertThat(input.standardised().row(0)).containsExactly(new float[] {1, 1}, ROUNDING);
    assertThat(input.asinh().row(1)).containsExactly(new float[] {0, -1}, ROUNDING);
  }

  @Test
  void leavesOutColumnsThatNeverChangedInTraining() {
    Standardizer standardizer =
        Standardizer.fit(COLUMNS, rows(new float[][] {{-1, 7, 0}, {1, 7, 1}}));

    assertThat(standardizer.columns()).containsExactly(0, 2);
    assertThat(standardizer.constantColumns()).containsExactly(1);
  }

  @Test
  void clipsStandardisedCellsButNotAsinhOnes() {
    Standardizer standardizer =
        Standardizer.fit(COLUMNS, rows(new float[][] {{-1, 7, 0}, {1, 7, 1}}));

    DetectorInput input = standardizer.standardize(rows(new float[][] {{1e9f, 7, 0}}));

    assertThat(input.standardised().get(0, 0)).isEqualTo(20f);
    assertThat(input.asinh().get(0, 0)).isGreaterThan(20f);
  }

  @Test
  void doesNotBlowUpARareCategory() {
    float[][] cells = new float[1000][3];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new float[] {i % 2, 7, i == 0 ? 1 : 0};
    }

    DetectorInput input = Standardizer.fit(COLUMNS, rows(cells)).standardize(rows(cells));

    assertThat(input.standardised().get(0, 1)).isCloseTo(1 / 0.15f, within(0.01f));
  }

  @Test
  void restoresWhatItBentWithinTheRangeOfTraining() {
    Standardizer standardizer =
        Standardizer.fit(COLUMNS, rows(new float[][] {{-1, 7, 0}, {3, 7, 1}}));
    FeatureMatrix actual = rows(new float[][] {{2, 7, 1}, {50, 7, 1}});
    DetectorInput input = standardizer.standardize(actual);

    float[] inside = standardizer.typical().clone();
    standardizer.restore(input.asinh().row(0), inside);
    float[] outside = standardizer.typical().clone();
    standardizer.restore(input.asinh().row(1), outside);

    assertThat(inside).containsExactly(new float[] {2, 7, 1}, ROUNDING);
    assertThat(outside).containsExactly(new float[] {3, 7, 1}, ROUNDING);
  }

  @Test
  void refusesRowsOfAnotherWidthAndRowsThatAreAllEqual() {
    Standardizer standardizer =
        Standardizer.fit(COLUMNS, rows(new float[][] {{-1, 7, 0}, {1, 7, 1}}));

    assertThatThrownBy(() -> standardizer.standardize(new FeatureMatrix(2, 1)))
        .hasMessage("rows must have width 3, got 2");
    assertThatThrownBy(() -> Standardizer.fit(COLUMNS, rows(new float[][] {{1, 1, 1}, {1, 1, 1}})))
        .hasMessage("training rows must differ in at least one column, got 2 equal rows");
  }

  private static FeatureMatrix rows(float[][] cells) {
    FeatureMatrix rows = new FeatureMatrix(cells[0].length, cells.length);
    for (float[] row : cells) {
      rows.append(row);
    }
    return rows;
  }
}

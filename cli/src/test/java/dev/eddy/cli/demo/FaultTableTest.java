package dev.eddy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cli.demo.DemoReport.FaultFigures;
import dev.eddy.evaluation.LabelledScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultTableTest {

  @Test
  void measuresEachFaultAgainstTheNormalRecordsAlone() {
    // given: normal scores 1 to 100; one of them may be above or at the limit, which so lies at 100
    List<LabelledScore> scores = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      scores.add(LabelledScore.of(i, false));
    }
    scores.add(new LabelledScore(99.5, true, "cpu-hog"));
    scores.add(new LabelledScore(50.5, true, "cpu-hog"));
    scores.add(new LabelledScore(200, true, "disk-flood"));

    // when
    Map<String, FaultFigures> table =
        FaultTable.of(scores, Map.of("cpu-hog", new int[] {1, 4}, "disk-flood", new int[] {0, 1}));

    // then: 99.5 beats 99 of 100 normal scores, 50.5 beats 50
    assertThat(table.get("cpu-hog")).isEqualTo(new FaultFigures(2, 0.5, 4, 0.25, 0.745));
    assertThat(table.get("disk-flood")).isEqualTo(new FaultFigures(1, 1.0, 1, 0.0, 1.0));
  }
}

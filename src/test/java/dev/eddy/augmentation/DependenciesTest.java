package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private static final StreamDefinition DEFINITION =
      StreamDefinition.of(
          "toy",
          ToyStream.DEFINITION.source(),
          List.of(Feature.number("code"), Feature.category("name"), Feature.category("other")));

  /** The name follows from the code; the other field does not, where one row says otherwise. */
  private static TokenRows rows(int count) {
    List<SyntheticRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int code = i % 4;
      String other = i == 1 ? "even" : code % 2 == 0 ? "even" : "odd";
      String[] categories = {code < 2 ? "low" : "high", other};
      rows.add(new SyntheticRow("e", new double[] {code}, categories, "c"));
    }
    double[] weights = rows.stream().mapToDouble(row -> 1).toArray();
    TokenEncoder encoder = TokenEncoder.fit(DEFINITION, rows, weights);
    return TokenRows.of(encoder, List.of("c"), List.of(rows));
  }

  @Test
  void derivesWhatFollowsInEveryRowAndLearnsTheRest() {
    TokenRows rows = rows(200);

    Dependencies found = Dependencies.find(rows);

    assertThat(found.count()).isEqualTo(1);
    assertThat(found.learned()).containsExactly(0, 2, 3); // code, other, entity
    for (int[] row : rows.rows()[0]) {
      assertThat(found.expand(found.project(row))).isEqualTo(row);
    }
  }

  @Test
  void doesNotTrustAFewRows() {
    assertThat(Dependencies.find(rows(24)).count()).isZero();
  }

  @Test
  void goesThroughJson() {
    TokenRows rows = rows(200);
    Dependencies found = Dependencies.find(rows);
    ArrayNode json = new ObjectMapper().createArrayNode();
    for (int column = 0; column < rows.layout().columns().size(); column++) {
      found.write(column, json.addObject());
    }

    Dependencies read = Dependencies.read(json);

    assertThat(read.learned()).isEqualTo(found.learned());
    int[] row = rows.rows()[0][3];
    assertThat(read.expand(read.project(row))).isEqualTo(row);
  }
}

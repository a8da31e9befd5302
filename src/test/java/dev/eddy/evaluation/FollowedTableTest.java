package dev.eddy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedTableTest {
  private static final int ROWS = 40;

  @TempDir private Path folder;

  /** Contexts with a lag, of what was read of {@code host}. */
  private List<double[]> contexts(
      @Nullable String timestamp, String host, List<String> first, List<String> second)
      throws IOException {
    StreamDefinition definition =
        StreamDefinition.of(
                "s",
                new Source("t", Format.JSON, "host", timestamp, List.of()),
                List.of(Feature.number("load")))
            .withContext(new Context(true, 200, 0, List.of(), List.of(1), Set.of(), Set.of()));
    TableRequest request =
        new TableRequest("kind", null, null, definition, Set.of(), Set.of(), 1_000, 0);
    FollowedTable both =
        FollowedTable.read(write("first", first), write("second", second), request, rows -> {});
    return both.second().rows().stream()
        .map(LabelledObservation::observation)
        .filter(row -> row.event().entity().equals(host))
        .map(row -> row.context())
        .toList();
  }

  private Path write(String name, List<String> rows) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".csv"), "at,host,load,kind\n" + String.join("\n", rows) + "\n");
  }

  /** Two hosts, a row of each in every second. */
  private static List<String> rows(int fromSecond, int toSecond) {
    List<String> rows = new ArrayList<>();
    for (int at = fromSecond; at < toSecond; at++) {
      rows.add("%d,a,%s,normal".formatted(1_000 * at, Math.sin(at)));
      rows.add("%d,b,%s,normal".formatted(1_000 * at, Math.cos(at)));
    }
    return rows;
  }

  private static List<double[]> last(List<double[]> of, int count) {
    return of.subList(of.size() - count, of.size());
  }

  @Test
  void goesOnWithThePastOfLaterRowsAndOfRowsWithoutATime() throws IOException {
    List<String> both = rows(0, 2 * ROWS);
    List<double[]> together =
        last(contexts("at", "a", rows(0, 1), both.subList(2, 4 * ROWS)), ROWS);

    List<double[]> timed = contexts("at", "a", rows(0, ROWS), rows(ROWS, 2 * ROWS));
    List<double[]> untimed = contexts(null, "a", rows(0, ROWS), rows(ROWS, 2 * ROWS));

    assertThat(together.get(0)).doesNotContain(Double.NaN);
    assertThat(timed).usingRecursiveComparison().isEqualTo(together);
    assertThat(untimed).usingRecursiveComparison().isEqualTo(together);
  }

  @Test
  void startsAnEntityAnewWhoseRowsAreOlderAndNoOther() throws IOException {
    List<String> second = new ArrayList<>(rows(ROWS, 2 * ROWS));
    second.add(0, "5000,b,0.5,normal"); // older than what the first file has of b
    List<double[]> a = contexts("at", "a", rows(0, ROWS), second);
    List<double[]> b = contexts("at", "b", rows(0, ROWS), second);

    assertThat(a.get(0)).doesNotContain(Double.NaN);
    assertThat(Arrays.stream(b.get(0))).allMatch(value -> Double.isNaN(value));
    assertThat(b).hasSize(ROWS + 1);
    assertThat(Arrays.stream(b.get(1))).anyMatch(value -> Double.isNaN(value));
  }
}

package dev.eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.event.Event;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final ContextLayout LAYOUT =
      ContextLayout.of(
          ContextFixture.definition(
              new Context(true, 100, 3, List.of("a"), List.of(), Set.of(), Set.of()),
              Feature.number("a"),
              Feature.number("b"),
              Feature.category("c")));
  private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

  @Test
  void answersWhatIfWithTheContextThatTheOtherValueWouldHaveHad() {
    Observation asked = history().observe(event(9, 7, "a"));
    Observation actual = history().observe(event(30, 7, "a"));

    Observation whatIf = actual.withNumber(LAYOUT, 0, 9);

    assertThat(whatIf.event().number(0)).isEqualTo(9);
    assertThat(whatIf.event().number(1)).isEqualTo(7);
    assertThat(whatIf.context()).containsExactly(asked.context(), ROUNDING);
    assertThat(actual.event().number(0)).as("the observation itself").isEqualTo(30);
  }

  @Test
  void leavesUnknownWhatTheContextDidNotKnow() {
    Observation first = EntityContext.empty(LAYOUT).observe(event(30, 7, "a"));

    assertThat(first.withNumber(LAYOUT, 0, 9).context()).containsOnly(Double.NaN);
  }

  @Test
  void knowsTheDeviationThatAMissingNumberWouldHaveHad() {
    double expected = history().observe(event(9, 7, "a")).context()[0];
    Observation missing = history().observe(event(Double.NaN, 7, "a"));

    assertThat(missing.withNumber(LAYOUT, 0, 9).context()[0]).isEqualTo(expected, ROUNDING);
  }

  @Test
  void changesOneCategoryAndNothingElse() {
    Observation actual = history().observe(event(30, 7, "a"));

    Observation whatIf = actual.withCategory(0, "b");

    assertThat(whatIf.event().category(0)).isEqualTo("b");
    assertThat(whatIf.event().number(0)).isEqualTo(30);
    assertThat(whatIf.context()).isEqualTo(actual.context());
  }

  private static EntityContext history() {
    EntityContext context = EntityContext.empty(LAYOUT);
    for (int i = 0; i < 20; i++) {
      context.observe(event(i % 5, 7 + i % 3, "a"));
    }
    return context;
  }

  private static Event event(double first, double second, String category) {
    return ContextFixture.event(new double[] {first, second}, new @Nullable String[] {category});
  }
}

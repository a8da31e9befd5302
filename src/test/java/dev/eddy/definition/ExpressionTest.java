package dev.eddy.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  private static final Map<String, Double> ROW = Map.of("a", 6.0, "b.c", 2.0, "d e", 0.5);

  private static double value(String text) {
    return Expression.parse(text).evaluate(name -> ROW.getOrDefault(name, Double.NaN));
  }

  @ParameterizedTest
  @CsvSource({
    "a + b.c * 3, 12",
    "(a + b.c) * 3, 24",
    "a - b.c - 1, 3",
    "a / b.c / 3, 1",
    "-a + +b.c, -4",
    "`d e` * 1e1, 5",
    "2*-(a), -12",
    ".5, 0.5",
  })
  void computesAsSchoolTeaches(String text, double expected) {
    assertThat(value(text)).isEqualTo(expected);
  }

  @Test
  void isMissingWhereAFieldIs() {
    assertThat(value("a + gone")).isNaN();
    assertThat(value("a / 0")).isInfinite();
  }

  @Test
  void namesItsFields() {
    assertThat(Expression.parse("a + 2 * `d e` - a").fields())
        .containsExactlyInAnyOrder("a", "d e");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "a +, 4",
    "a b, 3",
    "(a, 3",
    "a ^ 2, 3",
    "2 $ 3, 3",
    "a = 3, 3",
    "exec(a), 5",
  })
  void refusesWhatIsNoArithmeticAndSaysWhere(String text, int character) {
    assertThatThrownBy(() -> Expression.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at character " + character);
  }

  @Test
  void refusesWhatIsNestedWithoutEnd() {
    assertThatThrownBy(() -> Expression.parse("(".repeat(100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deeper than");
    assertThatThrownBy(() -> Expression.parse("-".repeat(100) + "1"))
        .hasMessageContaining("deeper than");
    assertThatThrownBy(() -> Expression.parse("1+".repeat(600) + "1"))
        .hasMessageContaining("longer than");
  }
}

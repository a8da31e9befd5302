package dev.eddy.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormulaOrderTest {

  private static Constraint.Formula formula(String field, String equals) {
    return new Constraint.Formula(field, Expression.parse(equals));
  }

  @Test
  void putsEachFormulaAfterThoseWhoseResultsItNames() {
    Constraint.Formula d = formula("d", "c + b");
    Constraint.Formula c = formula("c", "a + b");
    Constraint.Formula b = formula("b", "a * 0.5");

    assertThat(FormulaOrder.of(List.of(d, new Constraint.WholeNumber("a"), c, b)))
        .containsExactly(b, c, d);
  }

  @Test
  void keepsTheOrderOfFormulasThatDoNotNeedEachOther() {
    Constraint.Formula c = formula("c", "a");
    Constraint.Formula b = formula("b", "a");

    assertThat(FormulaOrder.of(List.of(c, b))).containsExactly(c, b);
  }

  @Test
  void namesTheFieldsThroughWhichAFormulaNeedsItsOwnResult() {
    List<Constraint> circle =
        List.of(formula("d", "c"), formula("c", "a + b"), formula("b", "c * 0.5"));

    assertThatThrownBy(() -> FormulaOrder.of(circle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must not need its own result, got c from b from c");
  }

  @Test
  void refusesTwoFormulasOfOneField() {
    assertThatThrownBy(() -> FormulaOrder.of(List.of(formula("c", "a"), formula("c", "b"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got another of c");
  }
}

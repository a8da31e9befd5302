package dev.eddy.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts formulas in an order in which each is computed from results, not from what they replace. */
public final class FormulaOrder {
  private final Map<String, Constraint.Formula> byField = new LinkedHashMap<>();
  private final List<Constraint.Formula> ordered = new ArrayList<>();

  private FormulaOrder() {}

  /**
   * Returns the formulas among rules, each after those whose results it names.
   *
   * @throws IllegalArgumentException if one needs its own result, or a field has two; the message
   *     says which
   */
  public static List<Constraint.Formula> of(List<? extends Constraint> constraints) {
    FormulaOrder order = new FormulaOrder();
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.Formula formula
          && order.byField.put(formula.field(), formula) != null) {
        throw new IllegalArgumentException(
            "must be the only formula of its field, got another of " + formula.field());
      }
    }
    order.byField.values().forEach(formula -> order.add(formula, new ArrayList<>()));
    return List.copyOf(order.ordered);
  }

  /** Adds a formula after all that it needs; the path is of those that wait for it. */
  private void add(Constraint.Formula formula, List<String> path) {
    if (ordered.contains(formula)) {
      return;
    }
    int first = path.indexOf(formula.field());
    path.add(formula.field());
    if (first >= 0) {
      throw new IllegalArgumentException(
          "must not need its own result, got "
              + String.join(" from ", path.subList(first, path.size())));
    }
    for (String name : formula.expression().fields().stream().sorted().toList()) {
      Constraint.Formula needed = byField.get(name);
      if (needed != null) {
        add(needed, path);
      }
    }
    path.remove(path.size() - 1);
    ordered.add(formula);
  }
}

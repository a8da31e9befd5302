package dev.eddy.augmentation;

import dev.eddy.definition.Constraint;
import dev.eddy.definition.FormulaOrder;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a definition and the fixed values of a request. The one field that it sets is that
 * of a formula, and the exact value of a fixed number within the bin that was drawn. What becomes a
 * copy of a training row by that is rejected. Immutable.
 */
final class RowGuidance implements Guidance {
  /** What rejected copies are counted by. */
  static final String COPY = "copy";

  private final RowFields fields;
  private final TokenEncoder encoder;
  private final SeenCombinations seen;
  private final List<Constraint> constraints;
  private final List<Constraint.Formula> formulas;
  private final Map<String, String> fixed;
  private final @Nullable LabelConsistency labels;
  private final double leastLikely;
  private final Predicate<SyntheticRow> copied;

  private RowGuidance(
      StreamDefinition definition,
      TokenEncoder encoder,
      SeenCombinations seen,
      @Nullable LabelConsistency labels,
      Map<String, String> fixed,
      Predicate<SyntheticRow> copied) {
    this.labels = labels;
    this.copied = copied;
    this.leastLikely = definition.augmentation().generation().labelConsistency();
    this.fields = new RowFields(definition);
    this.encoder = encoder;
    this.seen = seen;
    this.constraints = definition.augmentation().constraints();
    this.formulas = FormulaOrder.of(constraints);
    this.fixed = new TreeMap<>(fixed);
  }

  /**
   * Makes the guidance of a request.
   *
   * @param fixed field to the value that each row must have; empty text: missing
   * @param copied which rows must not come because they equal a training row
   * @throws IllegalArgumentException if there is no such field, if training never saw the value, or
   *     if the model was trained before the definition had a rule for combinations, or asked for
   *     label consistency
   */
  static Guidance of(
      StreamDefinition definition,
      TokenEncoder encoder,
      SeenCombinations seen,
      @Nullable LabelConsistency labels,
      Map<String, String> fixed,
      Predicate<SyntheticRow> copied) {
    RowGuidance guidance = new RowGuidance(definition, encoder, seen, labels, fixed, copied);
    if (guidance.leastLikely > 0 && labels == null) {
      throw new IllegalArgumentException(
          "label consistency must be known to the model; it will be after the next training");
    }
    guidance.constraints.forEach(guidance::checkKnown);
    fixed.forEach(guidance::checkFixed);
    return guidance;
  }

  private void checkKnown(Constraint constraint) {
    if (constraint instanceof Constraint.Combination combination && !seen.knows(combination)) {
      throw new IllegalArgumentException(
          "rule %s must be known to the model; it will be after the next training"
              .formatted(combination.rule()));
    }
  }

  private void checkFixed(String field, String value) {
    Integer number = fields.number(field);
    Integer category = fields.category(field);
    if (number == null && category == null) {
      throw new IllegalArgumentException(
          "fixed field must be a feature of the stream, got " + field);
    }
    if (formulas.stream().anyMatch(formula -> formula.field().equals(field))) {
      throw new IllegalArgumentException(
          "fixed field must not be the result of a formula, got " + field);
    }
    double parsed = number == null || value.isEmpty() ? Double.NaN : ValueText.number(value);
    if (number != null && !value.isEmpty() && Double.isNaN(parsed)) {
      throw new IllegalArgumentException(
          "fixed %s must be a number, got %s".formatted(field, value));
    }
    boolean known =
        number != null
            ? numberColumn(number).knows(parsed)
            : categoryColumn(category).knows(value.isEmpty() ? null : value);
    if (!known) {
      throw new IllegalArgumentException(
          "fixed %s must be a value that training saw the like of, got %s"
              .formatted(field, value.isEmpty() ? "missing" : value));
    }
  }

  private NumberColumn numberColumn(int place) {
    return (NumberColumn) encoder.columns().get(place);
  }

  private CategoryColumn categoryColumn(@Nullable Integer place) {
    if (place == null) {
      throw new IllegalStateException("a fixed field is a number or a category");
    }
    return (CategoryColumn) encoder.columns().get(encoder.numbers() + place);
  }

  @Override
  public boolean isFree() {
    return constraints.isEmpty() && fixed.isEmpty() && leastLikely == 0;
  }

  @Override
  public boolean isFixed() {
    return !fixed.isEmpty();
  }

  @Override
  public Kept keep(List<SyntheticRow> candidates) {
    if (isFree()) {
      return new Kept(candidates, Map.of());
    }
    List<SyntheticRow> rows = new ArrayList<>(candidates.size());
    Map<String, Long> rejected = new TreeMap<>();
    for (SyntheticRow candidate : candidates) {
      SyntheticRow row = completed(candidate);
      String rule = broken(candidate, row);
      if (rule == null) {
        rows.add(row);
      } else {
        rejected.merge(rule, 1L, Long::sum);
      }
    }
    return labels == null || leastLikely == 0 || rows.isEmpty()
        ? new Kept(rows, rejected)
        : likely(labels, rows, rejected);
  }

  private Kept likely(
      LabelConsistency consistency, List<SyntheticRow> rows, Map<String, Long> rejected) {
    double[] shares = consistency.ownShares(rows);
    List<SyntheticRow> kept = new ArrayList<>(rows.size());
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] >= leastLikely) {
        kept.add(rows.get(i));
      } else {
        rejected.merge(LabelConsistency.RULE, 1L, Long::sum);
      }
    }
    return new Kept(kept, rejected);
  }

  /** Sets fixed numbers, then results of formulas, each after those that it is computed from. */
  private SyntheticRow completed(SyntheticRow row) {
    double[] numbers = row.numbers().clone();
    SyntheticRow set = new SyntheticRow(row.entity(), numbers, row.categories(), row.labelClass());
    fixed.forEach(
        (field, value) -> {
          Integer place = fields.number(field);
          if (place != null && !value.isEmpty()) {
            numbers[place] = ValueText.number(value);
          }
        });
    for (Constraint.Formula formula : formulas) {
      Integer place = fields.number(formula.field());
      if (place != null) {
        double value = formula.expression().evaluate(field -> fields.number(set, field));
        numbers[place] = numberColumn(place).rounded(value);
      }
    }
    return set;
  }

  /** Returns the first rule that a row breaks; null: none. */
  private @Nullable String broken(SyntheticRow drawn, SyntheticRow row) {
    for (Map.Entry<String, String> entry : fixed.entrySet()) {
      if (!hits(drawn, entry.getKey(), entry.getValue())) {
        return "fixed " + entry.getKey();
      }
    }
    for (Constraint constraint : constraints) {
      if (!keeps(constraint, row)) {
        return constraint.rule();
      }
    }
    // The generator looked for copies before values were set, which can make one of another row.
    return copied.test(row) ? COPY : null;
  }

  /** Returns whether the value that was drawn is the fixed one, or in the same bin. */
  private boolean hits(SyntheticRow row, String field, String value) {
    Integer place = fields.number(field);
    if (place == null) {
      return value.equals(fields.text(row, field) == null ? "" : fields.text(row, field));
    }
    double wanted = value.isEmpty() ? Double.NaN : ValueText.number(value);
    NumberColumn column = numberColumn(place);
    return column.token(row.numbers()[place]) == column.token(wanted);
  }

  private boolean keeps(Constraint constraint, SyntheticRow row) {
    if (constraint instanceof Constraint.Range range) {
      double value = fields.number(row, range.field());
      return !(value < range.min() || value > range.max());
    }
    if (constraint instanceof Constraint.WholeNumber whole) {
      double value = fields.number(row, whole.field());
      return Double.isNaN(value) || value == Math.rint(value);
    }
    if (constraint instanceof Constraint.Categories categories) {
      String value = fields.text(row, categories.field());
      return value == null || categories.values().contains(value);
    }
    if (constraint instanceof Constraint.Inequality inequality) {
      return !(fields.number(row, inequality.low()) > fields.number(row, inequality.high()));
    }
    if (constraint instanceof Constraint.Formula formula) {
      Integer place = fields.number(formula.field());
      return place != null && numberColumn(place).knows(row.numbers()[place]);
    }
    return constraint instanceof Constraint.Combination combination
        && seen.contains(fields, combination, row);
  }
}

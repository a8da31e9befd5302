package dev.eddy.definition;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule that every synthetic record must keep. What breaks it is drawn again, not mended; only a
 * {@link Formula} sets its field.
 *
 * <p>A missing value breaks no rule but a combination, which counts it as a value like others, and
 * a formula whose field is never missing in the training records.
 */
public sealed interface Constraint {

  /** Returns the fields that it is about, in order. */
  List<String> fields();

  /** Returns a short name by which rejections are counted. */
  String rule();

  /**
   * A number lies within bounds.
   *
   * @param min least value; minus infinity: none
   * @param max greatest value; infinity: none
   */
  record Range(String field, double min, double max) implements Constraint {
    @Override
    public List<String> fields() {
      return List.of(field);
    }

    @Override
    public String rule() {
      return "range " + field;
    }
  }

  /** A number is whole. */
  record WholeNumber(String field) implements Constraint {
    @Override
    public List<String> fields() {
      return List.of(field);
    }

    @Override
    public String rule() {
      return "integer " + field;
    }
  }

  /** A category is one of some values. */
  record Categories(String field, List<String> values) implements Constraint {
    /** Copies the list. */
    public Categories {
      values = List.copyOf(values);
    }

    @Override
    public List<String> fields() {
      return List.of(field);
    }

    @Override
    public String rule() {
      return "categories " + field;
    }
  }

  /** A number is not above another. */
  record Inequality(String low, String high) implements Constraint {
    @Override
    public List<String> fields() {
      return List.of(low, high);
    }

    @Override
    public String rule() {
      return "inequality %s <= %s".formatted(low, high);
    }
  }

  /**
   * A number is computed from others. It is set, not drawn; the record is rejected where the result
   * is no number that training saw the like of.
   */
  record Formula(String field, Expression expression) implements Constraint {
    /** Checks that the parts are there. */
    public Formula {
      requireNonNull(expression, "expression");
    }

    @Override
    public List<String> fields() {
      List<String> fields = new ArrayList<>(List.of(field));
      expression.fields().stream().sorted().forEach(fields::add);
      return fields;
    }

    @Override
    public String rule() {
      return "formula " + field;
    }
  }

  /** These fields have, together, values that the training rows have together. */
  record Combination(List<String> fields) implements Constraint {
    /** Copies the list. */
    public Combination {
      fields = List.copyOf(fields);
    }

    @Override
    public String rule() {
      return "combination " + String.join(" ", fields);
    }
  }
}

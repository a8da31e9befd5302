package dev.eddy.definition;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arithmetic on the numbers of a record: fields, constants, {@code + - * /}, signs and parentheses,
 * nothing else. A field whose name is not made of letters, digits, dots and underscores stands
 * between backquotes. Immutable; equal where the texts are.
 */
public final class Expression {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?:(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?)"
              + "|([\\p{L}_][\\p{L}\\d_.]*)|`([^`]+)`|([-+*/()]))");
  private static final int DEEPEST = 50;
  private static final int LONGEST = 1_000;

  private final String text;
  private final ToDoubleFunction<ToDoubleFunction<String>> value;
  private final Set<String> fields;

  private Expression(
      String text, ToDoubleFunction<ToDoubleFunction<String>> value, Set<String> fields) {
    this.text = text;
    this.value = value;
    this.fields = fields;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none; the message says where
   */
  public static Expression parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "must not be longer than %d characters".formatted(LONGEST));
    }
    Parser parser = new Parser(text);
    ToDoubleFunction<ToDoubleFunction<String>> value = parser.sum(0);
    if (!parser.token.isEmpty()) {
      throw parser.unexpected("an operator or the end");
    }
    return new Expression(text, value, parser.fields);
  }

  /**
   * Returns the value; NaN where a field is missing, and nothing finite where it divides by 0.
   *
   * @param numbers gives a field's value; NaN: missing
   */
  public double evaluate(ToDoubleFunction<String> numbers) {
    return value.applyAsDouble(numbers);
  }

  /** Returns the fields that it names, each once, in order. */
  public Set<String> fields() {
    return Set.copyOf(fields);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression && text.equals(expression.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the text that it was read from. */
  @Override
  public String toString() {
    return text;
  }

  /** Recursive descent: sum, product, sign, atom. */
  private static final class Parser {
    private final String text;
    private final Matcher matcher;
    private final int length;
    private final Set<String> fields = new LinkedHashSet<>();
    private String token = "";
    private int start;
    private int end;

    private Parser(String text) {
      this.text = text;
      this.matcher = TOKEN.matcher(text);
      this.length = text.stripTrailing().length();
      next();
    }

    /** Steps to the next token; the empty one is the end. */
    private void next() {
      while (end < length && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      start = end;
      if (end >= length) {
        token = "";
        return;
      }
      if (!matcher.find(end) || matcher.start() != end) {
        token = "?";
        throw unexpected("a number, a field, an operator or a parenthesis");
      }
      token = matcher.group();
      end = matcher.end();
    }

    private IllegalArgumentException unexpected(String wanted) {
      return new IllegalArgumentException(
          "must have %s at character %d".formatted(wanted, start + 1));
    }

    private boolean takes(String operator) {
      boolean found = token.equals(operator);
      if (found) {
        next();
      }
      return found;
    }

    private ToDoubleFunction<ToDoubleFunction<String>> sum(int depth) {
      ToDoubleFunction<ToDoubleFunction<String>> left = product(depth);
      while (true) {
        ToDoubleFunction<ToDoubleFunction<String>> first = left;
        if (takes("+")) {
          ToDoubleFunction<ToDoubleFunction<String>> second = product(depth);
          left = row -> first.applyAsDouble(row) + second.applyAsDouble(row);
        } else if (takes("-")) {
          ToDoubleFunction<ToDoubleFunction<String>> second = product(depth);
          left = row -> first.applyAsDouble(row) - second.applyAsDouble(row);
        } else {
          return left;
        }
      }
    }

    private ToDoubleFunction<ToDoubleFunction<String>> product(int depth) {
      ToDoubleFunction<ToDoubleFunction<String>> left = signed(depth);
      while (true) {
        ToDoubleFunction<ToDoubleFunction<String>> first = left;
        if (takes("*")) {
          ToDoubleFunction<ToDoubleFunction<String>> second = signed(depth);
          left = row -> first.applyAsDouble(row) * second.applyAsDouble(row);
        } else if (takes("/")) {
          ToDoubleFunction<ToDoubleFunction<String>> second = signed(depth);
          left = row -> first.applyAsDouble(row) / second.applyAsDouble(row);
        } else {
          return left;
        }
      }
    }

    private ToDoubleFunction<ToDoubleFunction<String>> signed(int depth) {
      if (depth > DEEPEST) {
        throw new IllegalArgumentException("must not nest deeper than " + DEEPEST);
      }
      if (takes("-")) {
        ToDoubleFunction<ToDoubleFunction<String>> operand = signed(depth + 1);
        return row -> -operand.applyAsDouble(row);
      }
      if (takes("+")) {
        return signed(depth + 1);
      }
      return atom(depth);
    }

    private ToDoubleFunction<ToDoubleFunction<String>> atom(int depth) {
      if (takes("(")) {
        ToDoubleFunction<ToDoubleFunction<String>> inner = sum(depth + 1);
        if (!takes(")")) {
          throw unexpected("a closing parenthesis");
        }
        return inner;
      }
      if (token.isEmpty() || matcher.group(4) != null) {
        throw unexpected("a number, a field or an opening parenthesis");
      }
      if (matcher.group(1) != null) {
        double constant = Double.parseDouble(matcher.group(1));
        next();
        return row -> constant;
      }
      String field = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      fields.add(field);
      next();
      return row -> row.applyAsDouble(field);
    }
  }
}

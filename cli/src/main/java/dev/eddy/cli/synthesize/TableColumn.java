package dev.eddy.cli.synthesize;

import dev.eddy.definition.Feature;
import dev.eddy.event.ValueText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A column of a file, and what is done with it. */
sealed interface TableColumn {

  /** Returns the column's name. */
  String name();

  /** Returns what is done with it, for people. */
  String treatment();

  /** Returns what the generator learns of it; null: nothing. */
  default @Nullable Feature feature() {
    return null;
  }

  /**
   * Numbers, written with as many decimals as the source has.
   *
   * @param fewest decimals that every value has
   * @param most decimals that any value has; -1: too many to count, written as they are
   * @param missing what stands for a missing value; empty where the cell is empty
   */
  record Numeric(String name, int fewest, int most, String missing) implements TableColumn {
    @Override
    public String treatment() {
      return most == 0
          ? "whole number"
          : most < 0
              ? "number"
              : "number with %s decimals"
                  .formatted(fewest == most ? Integer.toString(most) : fewest + " to " + most);
    }

    @Override
    public Feature feature() {
      return Feature.number(name);
    }

    double read(@Nullable String text) {
      return text == null || text.equals(missing) ? Double.NaN : ValueText.number(text);
    }

    String write(double value) {
      if (Double.isNaN(value)) {
        return missing;
      }
      if (most < 0) {
        return Double.toString(value);
      }
      BigDecimal decimal = BigDecimal.valueOf(value).setScale(most, RoundingMode.HALF_EVEN);
      while (decimal.scale() > fewest
          && decimal.unscaledValue().mod(java.math.BigInteger.TEN).signum() == 0) {
        decimal = decimal.setScale(decimal.scale() - 1, RoundingMode.UNNECESSARY);
      }
      return decimal.toPlainString();
    }
  }

  /** Dates, learnt as numbers. */
  record Date(String name, DateFormat format, String missing) implements TableColumn {
    @Override
    public String treatment() {
      return "date as " + format.shown();
    }

    @Override
    public Feature feature() {
      return Feature.number(name);
    }

    double read(@Nullable String text) {
      return text == null || text.equals(missing) ? Double.NaN : format.read(text.trim());
    }

    String write(double value) {
      return Double.isNaN(value) ? missing : format.write(value);
    }
  }

  /**
   * Categories.
   *
   * @param treatment for people
   */
  record Category(String name, String treatment) implements TableColumn {
    @Override
    public Feature feature() {
      return Feature.category(name);
    }
  }

  /** The class. */
  record Label(String name) implements TableColumn {
    @Override
    public String treatment() {
      return "the class";
    }
  }

  /**
   * The same text in every row; empty where the column is not made at all.
   *
   * @param treatment why, for people
   */
  record Fixed(String name, String text, String treatment) implements TableColumn {}

  /** Identifiers: never learnt, made anew. */
  record Identifier(String name, IdentifierFormat format) implements TableColumn {
    @Override
    public String treatment() {
      return "identifier: not learnt, made anew as " + format.shown();
    }
  }
}

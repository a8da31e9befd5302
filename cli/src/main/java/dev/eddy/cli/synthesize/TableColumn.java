package dev.eddy.cli.synthesize;

import dev.eddy.definition.Feature;
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
   * Numbers, written as the source writes them.
   *
   * @param missing what stands for a missing value; empty where the cell is empty
   */
  record Numeric(String name, NumberStyle style, String missing) implements TableColumn {
    @Override
    public String treatment() {
      return style.shown();
    }

    @Override
    public Feature feature() {
      return Feature.number(name);
    }

    double read(@Nullable String text) {
      return text == null || text.equals(missing) ? Double.NaN : style.read(text);
    }

    String write(double value) {
      return Double.isNaN(value) ? missing : style.write(value);
    }
  }

  /** Dates, times of day and durations, learnt as numbers. */
  record Date(String name, TimeFormat format, String missing) implements TableColumn {
    @Override
    public String treatment() {
      return (format instanceof DateFormat ? "date as " : "time as ") + format.shown();
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

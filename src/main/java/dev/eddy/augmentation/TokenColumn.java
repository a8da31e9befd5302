package dev.eddy.augmentation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One source field as a choice among tokens. */
sealed interface TokenColumn permits NumberColumn, CategoryColumn {

  /** Returns the field's name. */
  String name();

  /** Returns how many tokens there are. */
  int tokens();

  /**
   * Returns whether this token may come out of a generator. Merged rare values may not: each of
   * them is too few records' own.
   */
  boolean emits(int token);

  /**
   * Returns where the token stands among the column's tokens when these are put in order: by value
   * for numbers, missing first; by frequency for categories.
   */
  int place(int token);

  /** Appends what {@link TokenEncoder} needs to make the column again. */
  void write(ObjectNode json);
}

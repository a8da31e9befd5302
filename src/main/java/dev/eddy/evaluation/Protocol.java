package dev.eddy.evaluation;

/** How a labelled file is divided into rows to learn from and rows to measure on. */
public enum Protocol {
  /** Learn from 70 % of the rows, anomalies among them, labels hidden; measure on the rest. */
  CONTAMINATED("contaminated"),
  /** Learn from a random half of the normal rows; measure on all other rows. */
  ONE_CLASS("one-class"),
  /** As {@link #CONTAMINATED}, with the labels of a share of the anomalies. */
  LABELLED("labelled");

  private final String word;

  Protocol(String word) {
    this.word = word;
  }

  /** Returns its name as users write it. */
  public String word() {
    return word;
  }
}

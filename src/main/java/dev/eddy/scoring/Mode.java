package dev.eddy.scoring;

/** What the unlabelled rows of one training are taken to be. */
enum Mode {
  /** Mostly normal, with some anomalies among them. */
  CONTAMINATED,
  /** Normal only. */
  ONE_CLASS
}

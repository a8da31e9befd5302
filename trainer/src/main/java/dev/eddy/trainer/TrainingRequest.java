package dev.eddy.trainer;

/** What becomes of a person's wish for a training. */
public enum TrainingRequest {
  /** It is heard as soon as no training runs. */
  ASKED,
  /** Nothing reads any more: see the health. */
  NOT_READING,
  /** Another trainer of the stream leads, or none does yet. */
  NOT_LEADING
}

package dev.eddy.cli.record;

/**
 * The truth about a sample.
 *
 * @param fault the label of the fault that was on, or {@code none}
 * @param episode the number of the episode within the recording, or empty
 */
public record FaultLabel(String fault, String episode) {

  /** No fault was on. */
  public static final FaultLabel NONE = new FaultLabel("none", "");
}

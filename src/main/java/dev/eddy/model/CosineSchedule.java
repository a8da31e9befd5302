package dev.eddy.model;

/**
 * A learning rate that falls along half a cosine (Loshchilov and Hutter, 2017, arXiv:1608.03983).
 *
 * @param peakRate rate of the first step
 * @param steps steps of the whole fall, {@code >= 1}
 * @param lastShare share of the peak that is left at the end, in [0, 1]
 */
public record CosineSchedule(double peakRate, int steps, double lastShare) {

  /** Returns the learning rate of a step, from 0. */
  public float rate(int step) {
    double left = (1 + Math.cos(Math.PI * Math.min(step, steps) / steps)) / 2;
    return (float) (peakRate * (lastShare + (1 - lastShare) * left));
  }
}

package dev.eddy.drift;

/**
 * How far one feature, or the scores, have moved from the reference.
 *
 * @param ofScores whether it is of the scores; a feature may have any name, theirs too
 * @param name the feature's, or {@link DriftReference#SCORE}
 * @param rows records that were compared
 * @param psi population stability index
 * @param ks Kolmogorov-Smirnov distance of numbers, total variation of categories
 * @param pValue chance of such a distance without drift, the smaller of the two
 * @param psiLimit the effect that counts
 * @param ksLimit the effect that counts
 * @param drifted whether an effect is large enough, and no accident
 */
public record Drift(
    boolean ofScores,
    String name,
    int rows,
    double psi,
    double ks,
    double pValue,
    double psiLimit,
    double ksLimit,
    boolean drifted) {
  Drift asOfScores() {
    return new Drift(true, name, rows, psi, ks, pValue, psiLimit, ksLimit, drifted);
  }
}

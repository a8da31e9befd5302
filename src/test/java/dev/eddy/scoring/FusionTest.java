package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final double TOLERANCE = 1e-5; // asinh is in single precision

  /** 0 to 100: median 50, 90 % quantile 90, so the spread is 40. */
  private static final double[] RAMP = IntStream.rangeClosed(0, 100).mapToDouble(i -> i).toArray();

  @Test
  void averagesDistancesFromTheMedianByWeightOnContaminatedData() {
    Fusion fusion = fit(Mode.CONTAMINATED, new double[] {3, 1});

    double[] combined = fusion.combine(new double[][] {{90}, {50}});

    // the first lies one spread out, the second none: (3 asinh(1) + 1 asinh(0)) / 4, taken back
    double asinhOfOne = Math.log(1 + Math.sqrt(2));
    assertThat(combined[0]).isCloseTo(Math.sinh(0.75 * asinhOfOne), within(TOLERANCE));
  }

  @Test
  void averagesSurprisesByWeightOnNormalData() {
    Fusion fusion = fit(Mode.ONE_CLASS, new double[] {3, 1});

    double[] combined = fusion.combine(new double[][] {{80}, {0}});

    // 21 of 101 are at least 80, and the new one counts itself
    assertThat(combined[0]).isCloseTo(0.75 * -Math.log(22 / 102.0), within(1e-12));
  }

  @Test
  void weighsWhatFindsLabelledAnomaliesMore() {
    double[] top = IntStream.rangeClosed(0, 9).mapToDouble(i -> 95 + i).toArray();
    double[] ordinary = IntStream.rangeClosed(0, 9).mapToDouble(i -> 45 + i).toArray();
    Fusion fusion = fit(new double[] {1, 1}, new double[][] {top, ordinary});

    double[] combined = fusion.combine(new double[][] {{85, 20}, {20, 85}});

    assertThat(combined[0]).isGreaterThan(combined[1]);
  }

  @Test
  void addsWhatASupervisedScoreSaysUpToWhereLabelledAnomaliesLie() {
    Fusion fusion = fit(new double[] {1, 0}, new double[][] {{50}, {150}});

    double[] combined = fusion.combine(new double[][] {{50, 50, 50}, {100, 150, 1e6}});

    assertThat(combined[1]).isGreaterThan(combined[0]);
    assertThat(combined[2]).isEqualTo(combined[1]);
  }

  @Test
  void kindsOfSupervisedScoresCountAlikeHoweverManyScoresTheyGive() {
    Fusion fusion =
        Fusion.fit(
            Mode.CONTAMINATED,
            List.of("vae.elbo", "gan.a", "gan.b", "trees.c"),
            new double[] {1, 0, 0, 0},
            new double[][] {RAMP, RAMP, RAMP, RAMP},
            new double[][] {{50}, {150}, {150}, {150}});

    double[] combined =
        fusion.combine(new double[][] {{50, 50, 50}, {0, 150, 150}, {0, 150, 0}, {150, 0, 0}});

    assertThat(combined[1]).as("both networks").isCloseTo(combined[0], within(1e-12));
    assertThat(combined[2]).as("one of two networks").isLessThan(combined[0]);
  }

  @Test
  void keepsWhatOnlyTheUnsupervisedScoresAreSureOf() {
    double[] ordinary = IntStream.rangeClosed(0, 9).mapToDouble(i -> i).toArray();
    double[] known = IntStream.rangeClosed(0, 9).mapToDouble(i -> 200).toArray();
    Fusion fusion = fit(new double[] {1, 0}, new double[][] {ordinary, known});

    double[] combined = fusion.combine(new double[][] {{50, 400}, {0, 0}});

    assertThat(combined[1]).isGreaterThan(combined[0]);
  }

  @Test
  void tellsWhatTheUnlabelledScoresSayAloneThoughUnlabelledAnomaliesReachFarther() {
    double[] reference = RAMP.clone();
    double[] labelled = RAMP.clone();
    for (int row = 95; row <= 100; row++) {
      reference[row] = 20; // six of the reference are anomalies of a known, quiet kind
      labelled[row] = 300;
    }
    Fusion fusion =
        Fusion.fit(
            Mode.CONTAMINATED,
            List.of("a", "b"),
            new double[] {1, 0},
            new double[][] {reference, labelled},
            new double[][] {{20, 21, 22}, {300, 301, 302}});

    Fusion.Surprises stranger = fusion.surprises(new double[][] {{400}, {0}});

    assertThat(Math.exp(-stranger.unlabelled()[0])).isLessThan(0.01);
    assertThat(stranger.unlabelled()[0]).isGreaterThan(stranger.fused()[0]);
  }

  @Test
  void saysTheSameWithoutLabels() {
    Fusion.Surprises surprises =
        fit(Mode.CONTAMINATED, new double[] {1, 1}).surprises(new double[][] {{90}, {70}});

    assertThat(surprises.unlabelled()).containsExactly(surprises.fused());
  }

  @Test
  void saysWhatSupervisedPartsSayWhereThereAreNoOthers() {
    Fusion fusion =
        Fusion.fit(
            Mode.CONTAMINATED,
            List.of("trees.labelled"),
            new double[] {0},
            new double[][] {RAMP},
            new double[][] {{150, 160}});

    double[] combined = fusion.combine(new double[][] {{50, 90, 150}});

    assertThat(combined[0]).isLessThan(combined[1]);
    assertThat(combined[1]).isLessThan(combined[2]);
  }

  @Test
  void calibratesTheFusedScoreByTheReference() {
    Fusion fusion = fit(Mode.CONTAMINATED, new double[] {1, 1});

    double median = fusion.fused().surprise(fusion.combine(new double[][] {{50}, {50}})[0]);

    assertThat(Math.exp(-median)).isCloseTo(0.5, within(0.01));
  }

  private static Fusion fit(Mode mode, double[] weights) {
    return Fusion.fit(
        mode,
        List.of("a", "b"),
        weights,
        new double[][] {RAMP, RAMP},
        new double[][] {new double[0], new double[0]});
  }

  private static Fusion fit(double[] weights, double[][] anomalies) {
    return Fusion.fit(
        Mode.CONTAMINATED, List.of("a", "b"), weights, new double[][] {RAMP, RAMP}, anomalies);
  }
}

package dev.eddy.model.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.definition.Detection.Objective;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.ToyClusters;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.gan.Discriminator;
import dev.eddy.model.gan.RowScorer;
import dev.eddy.model.vae.Vae;
import dev.eddy.model.vae.VaeScorer;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DetectorNetworksTest {
  private static final int NORMAL = 200;
  private static final NetworkRows TEST = same(ToyClusters.rows(NORMAL, 40, 2));
  private static final NetworkSettings SETTINGS = NetworkSettings.CONTAMINATED.withSteps(150);
  private static DetectorNetworks networks;

  @BeforeAll
  static void train() {
    networks = train(SETTINGS, same(ToyClusters.rows(3, 0, 9)));
  }

  @Test
  void scoresAnomaliesHigherWithTheAutoencoderAndBothDiscriminators() {
    try (NetworkScorer scorer = open(networks)) {
      double[][] scores = scorer.score(TEST);
      List<String> names = scorer.scoreNames();

      assertThat(names).startsWith(NetworkScorer.ELBO, NetworkScorer.KL);
      for (String name : List.of(NetworkScorer.ELBO, NetworkScorer.ROWS, NetworkScorer.RESIDUALS)) {
        assertThat(ToyClusters.auroc(scores[names.indexOf(name)], NORMAL))
            .as(name)
            .isGreaterThan(0.9);
      }
    }
  }

  @Test
  void scoresAsEachNetworkDoesOnItsOwn() {
    Tensors vae = networks.vae().under("vae.asinh.");
    Tensors rows = networks.gan().orElseThrow().under("gan.rows.");
    Tensors residual = networks.gan().orElseThrow().under("gan.residuals.");
    try (NetworkScorer scorer = open(networks);
        VaeScorer vaeAlone = Vae.open(vae, ModelDevice.CPU, DeviceListener.NONE);
        RowScorer rowsAlone = Discriminator.open(rows, ModelDevice.CPU, DeviceListener.NONE);
        RowScorer residualsAlone =
            Discriminator.open(residual, ModelDevice.CPU, DeviceListener.NONE)) {
      double[][] together = scorer.score(TEST);

      Offset<Double> rounding = Offset.offset(1e-4); // float32, same operations
      FeatureMatrix residuals = vaeAlone.residuals(TEST.asinh());
      assertThat(together[0])
          .containsExactly(vaeAlone.score(TEST.asinh()).negativeElbo(), rounding);
      assertThat(together[2]).containsExactly(rowsAlone.score(TEST.asinh()), rounding);
      assertThat(together[3]).containsExactly(residualsAlone.score(residuals), rounding);
    }
  }

  @Test
  void learnsFromTheFirstLabelOn() {
    DetectorNetworks none = train(SETTINGS.withSteps(2), same(ToyClusters.rows(0, 0, 9)));
    DetectorNetworks one = train(SETTINGS.withSteps(2), same(ToyClusters.rows(1, 0, 9)));

    assertThat(names(none)).doesNotContain(NetworkScorer.LABELLED_LINEAR);
    assertThat(names(one))
        .contains(
            NetworkScorer.LABELLED_LINEAR,
            NetworkScorer.LABELLED_ASINH,
            NetworkScorer.LABELLED_PLAIN);
  }

  @Test
  void learnsFromNormalRowsAlone() {
    DetectorNetworks oneClass =
        train(NetworkSettings.ONE_CLASS.withSteps(100), same(ToyClusters.rows(0, 0, 9)));

    try (NetworkScorer scorer = open(oneClass)) {
      double[][] scores = scorer.score(TEST);
      assertThat(ToyClusters.auroc(scores[2], NORMAL)).isGreaterThan(0.9);
    }
  }

  @Test
  void trainsACriticInPlaceOfTheUnsupervisedDiscriminatorsWhereAskedTo() {
    DetectorNetworks critic =
        train(
            SETTINGS.withSteps(2).withObjective(Objective.WASSERSTEIN),
            same(ToyClusters.rows(0, 0, 9)));

    assertThat(names(critic))
        .containsExactly(NetworkScorer.ELBO, NetworkScorer.KL, NetworkScorer.CRITIC);
  }

  @Test
  void worksWithTheAutoencodersAlone() {
    DetectorNetworks alone =
        train(SETTINGS.withSteps(2).withoutDiscriminators(), same(ToyClusters.rows(0, 0, 9)));

    assertThat(alone.gan()).isEmpty();
    assertThat(names(alone)).containsExactly(NetworkScorer.ELBO, NetworkScorer.KL);
  }

  @Test
  void scoresTheSameAfterItWasWrittenAndRead() {
    DetectorNetworks read =
        DetectorNetworks.of(
            Tensors.fromSafetensors(networks.vae().toSafetensors()),
            Optional.of(Tensors.fromSafetensors(networks.gan().orElseThrow().toSafetensors())));

    try (NetworkScorer first = open(networks);
        NetworkScorer second = open(read)) {
      assertThat(second.score(TEST)).isDeepEqualTo(first.score(TEST));
    }
  }

  @Test
  void refusesTensorsOfSomethingElse() {
    assertThatThrownBy(
            () -> open(DetectorNetworks.of(networks.gan().orElseThrow(), Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vae.asinh.encoder.0.weight is missing");
  }

  @Test
  void holdsNoMoreNativeArraysAfterAThousandCalls() {
    try (NetworkScorer scorer = open(networks)) {
      int before = scorer.managedArrays();
      NetworkRows few = same(ToyClusters.rows(8, 0, 3));
      for (int i = 0; i < 500; i++) {
        scorer.score(few);
      }
      scorer.reconstruct(few.asinh());

      assertThat(scorer.managedArrays()).isEqualTo(before);
    }
  }

  private static DetectorNetworks train(NetworkSettings settings, NetworkRows anomalies) {
    return DetectorNetworks.train(
        same(ToyClusters.rows(400, 20, 1)),
        anomalies,
        settings,
        7,
        TrainingTask.on(ModelDevice.CPU));
  }

  private static NetworkRows same(FeatureMatrix rows) {
    return new NetworkRows(rows, rows, new double[rows.rows()]);
  }

  private static List<String> names(DetectorNetworks networks) {
    try (NetworkScorer scorer = open(networks)) {
      return scorer.scoreNames();
    }
  }

  private static NetworkScorer open(DetectorNetworks networks) {
    return networks.open(ModelDevice.CPU, DeviceListener.NONE);
  }
}

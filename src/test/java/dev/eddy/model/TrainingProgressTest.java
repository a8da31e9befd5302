package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.gan.Discriminator;
import dev.eddy.model.gan.DiscriminatorSettings;
import dev.eddy.model.vae.Vae;
import dev.eddy.model.vae.VaeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private static final FeatureMatrix ROWS = ToyClusters.rows(300, 0, 1);

  private final List<Map<String, Double>> heard = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final TrainingTask task =
      new TrainingTask(
          ModelDevice.CPU,
          DeviceListener.NONE,
          new TrainingListener() {
            @Override
            public void progress(String network, int step, int steps, double loss) {
              throw new AssertionError("more is known than the loss");
            }

            @Override
            public void progress(
                String network, int step, int steps, double loss, Map<String, Double> parts) {
              losses.add(loss);
              heard.add(parts);
            }
          },
          TimeBudget.unlimited());

  @Test
  void tellsTheTwoPartsOfTheNegativeElbo() {
    VaeSettings untrimmed = VaeSettings.ASINH.withTrim(0).withSteps(100);

    Vae.train("vae", ROWS, untrimmed, 7, task);

    assertThat(heard).hasSize(2).allMatch(parts -> parts.keySet().size() == 2);
    double kl = heard.get(1).getOrDefault("kl", Double.NaN);
    double reconstruction = heard.get(1).getOrDefault("reconstruction", Double.NaN);
    assertThat(kl).isPositive();
    assertThat(reconstruction + untrimmed.beta() * kl)
        .isEqualTo(losses.get(1), Offset.offset(1e-3)); // float sums in another order
  }

  @Test
  void tellsHowManyRowsOfEachKindADiscriminatorGetsRight() {
    DiscriminatorSettings settings = DiscriminatorSettings.ROWS.withSteps(100);

    Discriminator.train("rows", Discriminator.Rows.real(ROWS), settings, 7, task);

    assertThat(heard).hasSize(2);
    assertThat(heard.get(1).getOrDefault("realRight", Double.NaN)).isBetween(0.5, 1.0);
    assertThat(heard.get(1).getOrDefault("fakeRight", Double.NaN)).isBetween(0.0, 1.0);
  }
}

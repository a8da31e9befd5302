package dev.eddy.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.evaluation.Quality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionTablesTest {
  private static final Setting SETTING = Setting.of("contaminated");

  @TempDir private Path folder;

  private static DetectionRun run(
      String set, long seed, double eddy, double forest, double neighbours, double components) {
    return new DetectionRun(
        set,
        SETTING.name(),
        seed,
        null,
        Map.of(
            DetectionRun.EDDY,
            new Quality(eddy, 0.5),
            "isolationForest",
            new Quality(forest, 0.5),
            "kNN",
            new Quality(neighbours, 0.5),
            "PCA",
            new Quality(components, 0.5)),
        List.of(),
        1,
        1);
  }

  private DetectionTables tables(DetectionRun... runs) throws IOException {
    return new DetectionTables(List.of(runs), Published.read(folder));
  }

  @Test
  void namesTheSetThatIsFurthestBehindTheBetterOfForestAndNeighboursOverItsSeeds()
      throws IOException {
    DetectionTables tables =
        tables(
            run("ahead", 0, 0.9, 0.8, 0.7, 1.0), // PCA does not count
            run("behind", 0, 0.8, 0.85, 0.9, 0.5),
            run("behind", 1, 0.9, 0.85, 0.92, 0.5),
            run("near", 0, 0.8, 0.85, 0.7, 0.5));

    DetectionTables.Shortfall worst = tables.shortfall(SETTING).orElseThrow();

    assertThat(worst.set()).isEqualTo("behind");
    assertThat(worst.auroc()).isCloseTo(0.06, within(1e-12));
    assertThat(tables.markdown(List.of(SETTING))).contains("| contaminated | 0.060 on behind |");
    assertThat(tables.json(List.of(SETTING)).get("contaminated"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("worstShortfall", worst);
  }

  @Test
  void tellsOfALeadByANegativeFigure() throws IOException {
    assertThat(tables(run("ahead", 0, 0.9, 0.8, 0.7, 1.0)).shortfall(SETTING).orElseThrow().auroc())
        .isCloseTo(-0.1, within(1e-12));
  }

  @Test
  void tellsRunsOfOtherPartsApart() {
    DetectionRun whole = run("set", 0, 0.9, 0.8, 0.7, 1.0);

    assertThat(whole.is("set", "contaminated", 0, null)).isTrue();
    assertThat(whole.is("set", "contaminated", 0, "vae,forest")).isFalse();
  }
}

package dev.eddy.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelCheck;
import dev.eddy.schema.ModelVerdict;
import dev.eddy.trainer.training.TrainingLog.Past;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingLogTest {
  private static final List<ModelCheck> CHECKS = List.of(new ModelCheck("health", true, "finite"));

  @Test
  void countsADetectorAndTheSameWithItsGeneratorOnce() {
    var detector = verdict("v000001", null, true, CHECKS, 10);
    var withGenerator = verdict("v000002", "v000001", true, List.of(), 25);
    var next = verdict("v000003", "v000002", true, CHECKS, 40);

    assertThat(TrainingLog.of(List.of(detector, withGenerator, next)))
        .containsExactly(new Past(at(10), at(25)), new Past(at(40), at(40)));
  }

  @Test
  void countsACandidateThatWasNotEvenPublished() {
    var unhealthy = verdict("v000001", null, false, CHECKS, 10);

    assertThat(TrainingLog.of(List.of(unhealthy))).containsExactly(new Past(at(10), at(10)));
  }

  @Test
  void countsAGeneratorWhoseDetectorIsForgotten() {
    var withGenerator = verdict("v000002", "v000001", true, List.of(), 25);

    assertThat(TrainingLog.of(List.of(withGenerator))).containsExactly(new Past(at(25), at(25)));
  }

  @Test
  void knowsADetectorWithItsGeneratorAsTheSame() {
    var verdicts =
        List.of(
            verdict("v000001", null, true, CHECKS, 10),
            verdict("v000002", "v000001", true, List.of(), 25),
            verdict("v000003", "v000002", true, CHECKS, 40));

    assertThat(TrainingLog.sameDetector(verdicts, ModelVersion.of(2)))
        .isEqualTo(TrainingLog.sameDetector(verdicts, ModelVersion.of(1)))
        .containsExactlyInAnyOrder("v000001", "v000002");
    assertThat(TrainingLog.sameDetector(verdicts, ModelVersion.of(3))).containsExactly("v000003");
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static ModelVerdict verdict(
      String version,
      @Nullable String champion,
      boolean published,
      List<ModelCheck> checks,
      long timestamp) {
    return new ModelVerdict(
        version, champion, published, published, "said", "1h", checks, Map.of(), timestamp);
  }
}

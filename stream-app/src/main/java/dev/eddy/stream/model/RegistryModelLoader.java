package dev.eddy.stream.model;

import dev.eddy.augmentation.GateReport;
import dev.eddy.augmentation.GeneratorModel;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.BalanceJudge;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.TrainedModel;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.Scorer;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads models from the registry, and scores a few ordinary rows before anyone relies on them. */
public final class RegistryModelLoader implements ModelLoader {
  /** Engines choose their kernels within the first few batches of a shape. */
  private static final int WARM_UP_BATCHES = 5;

  private final StreamDefinition definition;
  private final ModelRegistry registry;
  private final ModelDevice device;
  private final DeviceListener deviceListener;
  private final int batchSize;
  private final Clock clock;

  /**
   * Makes a loader.
   *
   * @param deviceListener hears when a scorer or generator leaves a failing GPU
   * @param batchSize rows of a full micro-batch
   */
  public RegistryModelLoader(
      StreamDefinition definition,
      ModelRegistry registry,
      ModelDevice device,
      DeviceListener deviceListener,
      int batchSize,
      Clock clock) {
    this.definition = definition;
    this.registry = registry;
    this.device = device;
    this.deviceListener = deviceListener;
    this.batchSize = batchSize;
    this.clock = clock;
  }

  @Override
  public Champion load(ModelVersion version) {
    TrainedModel model = TrainedModel.fromArtifact(definition, registry.load(version));
    DetectionModel detection = model.detection();
    try (Scorer scorer = detection.open(device, deviceListener)) {
      warm(scorer);
    }
    return new Champion(
        version,
        model.manifest().createdAt(),
        clock.millis(),
        () -> detection.open(device, deviceListener),
        generator(model.generator()));
  }

  private void warm(Scorer scorer) {
    for (int rows : new int[] {1, batchSize}) {
      FeatureMatrix ordinary = OrdinaryRows.of(scorer.encoder(), rows);
      for (int i = 0; i < WARM_UP_BATCHES; i++) {
        scorer.score(ordinary);
      }
    }
  }

  private @Nullable ChampionGenerator generator(@Nullable GeneratorModel model) {
    if (model == null) {
      return null;
    }
    GateReport gate = model.gate();
    return new ChampionGenerator(
        model.classes(),
        label -> refusals(gate, label),
        label -> doubts(gate, label, definition.augmentation().balanceJudge()),
        model::check,
        fixed -> model.guidance(definition, fixed),
        () -> model.open(device, deviceListener));
  }

  private static List<String> doubts(GateReport gate, String label, BalanceJudge judge) {
    QualityReport quality = gate.quality();
    return quality == null
        ? List.of("nothing was measured over all classes: too few held-out rows, or no LightGBM")
        : quality.doubt(label, judge).stream().toList();
  }

  private static List<String> refusals(GateReport gate, String label) {
    return gate.allows(label)
        ? List.of()
        : gate.refusals()
            .getOrDefault(label, List.of("class %s was not measured".formatted(label)));
  }
}

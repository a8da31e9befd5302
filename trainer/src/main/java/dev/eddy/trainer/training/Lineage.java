package dev.eddy.trainer.training;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.feature.Encoder;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.TrainedModel;
import dev.eddy.scoring.DetectionModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training owes to the champion: networks to go on from, or a reason why it has none.
 *
 * @param champion its version; empty where there is none
 * @param detection null where there is no champion, or it cannot be opened for the definition
 * @param changes of the definition since the champion, in words
 */
record Lineage(String champion, @Nullable DetectionModel detection, List<String> changes) {
  private static final Lineage FIRST = new Lineage("", null, List.of());

  /** Opens the champion. */
  static Lineage of(StreamDefinition definition, @Nullable ModelArtifact champion) {
    if (champion == null) {
      return FIRST;
    }
    String version = champion.manifest().version().value();
    byte[] encoder = champion.parts().getOrDefault(TrainedModel.ENCODER, new byte[0]);
    try {
      return new Lineage(
          version, TrainedModel.fromArtifact(definition, champion).detection(), List.of());
    } catch (ModelLoadException e) {
      List<String> changes = Encoder.featureChanges(definition, encoder);
      return new Lineage(
          version,
          null,
          changes.isEmpty()
              ? List.of("%s cannot be opened, %s".formatted(version, e.getMessage()))
              : changes);
    }
  }

  /** Returns the model whose networks to go on from, if the settings want that. */
  @Nullable DetectionModel networks(Training settings) {
    return settings.warmStart() ? detection : null;
  }

  /** Returns what to tell of a model that was trained so; nothing where there was no champion. */
  List<String> notes(DetectionModel trained, Training settings) {
    if (champion.isEmpty()) {
      return List.of();
    }
    List<String> reasons = detection == null ? changes : trained.changesFrom(detection);
    if (!reasons.isEmpty()) {
      return List.of(
          "starts a new lineage beside %s: %s".formatted(champion, String.join(", ", reasons)));
    }
    return settings.warmStart() ? List.of("warm start from " + champion) : List.of();
  }
}

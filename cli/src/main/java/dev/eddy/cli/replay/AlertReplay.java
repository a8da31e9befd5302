package dev.eddy.cli.replay;

import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodecs;
import dev.eddy.feature.ContextLayout;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.TrainedModel;
import dev.eddy.schema.Alert;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code eddy replay --alert}: why an alert has the score that it has, computed again. */
public final class AlertReplay {
  private AlertReplay() {}

  /** What came of it, and its figures by name. */
  public record Result(boolean equal, Map<String, Object> figures) {}

  /**
   * Computes an alert's score again.
   *
   * @param tolerance the largest difference that counts as equal; 0: bit by bit
   * @throws UsageException if the alert, its record or its model is gone
   */
  public static Result run(EddyConfiguration configuration, String id, double tolerance) {
    StreamDefinition definition = configuration.stream();
    try (AlertLookup lookup = new AlertLookup(definition, KafkaSettings.of(configuration));
        TopicModelRegistry registry = TopicModelRegistry.of(configuration, Clock.systemUTC())) {
      Alert alert =
          lookup
              .alert(id)
              .orElseThrow(
                  () -> new UsageException("alert must be on the alerts topic, got " + id));
      if (alert.getModelVersion().equals(ModelVersion.BASELINE.value())) {
        throw new UsageException(
            "alert must come from a model, got one of the baselines: these learn from each record,"
                + " and what they knew then is not kept");
      }
      registry.start();
      TrainedModel model =
          TrainedModel.fromArtifact(
              definition, registry.load(new ModelVersion(alert.getModelVersion())));
      Recomputation again =
          Recomputation.of(
              alert,
              event(definition, lookup, alert),
              ContextLayout.of(definition),
              model.detection());
      return result(alert, again, tolerance);
    } catch (ModelLoadException | IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Event event(StreamDefinition definition, AlertLookup lookup, Alert alert) {
    var coordinates = new Coordinates(alert.getTopic(), alert.getPartition(), alert.getOffset());
    var record =
        lookup
            .source(coordinates)
            .orElseThrow(
                () ->
                    new UsageException(
                        "source must still hold the record %s, but does not"
                            .formatted(coordinates)));
    var decoded =
        EventCodecs.of(definition)
            .decode(record.key(), record.value(), record.timestamp(), coordinates);
    if (decoded instanceof Event event) {
      return event;
    }
    throw new UsageException("record %s must be readable, but is not".formatted(coordinates));
  }

  private static Result result(Alert alert, Recomputation again, double tolerance) {
    double difference = again.difference(alert);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("alert", alert.getId());
    figures.put("modelVersion", alert.getModelVersion());
    figures.put("score", alert.getScore());
    figures.put("scoreAgain", again.score());
    figures.put("model", again.modelWas());
    figures.put("modelAgain", again.model());
    figures.put("bitEqual", difference == 0);
    figures.put("difference", difference);
    figures.put("detectors", alert.getDetectors());
    figures.put("detectorsAgain", again.detectors());
    return new Result(difference <= tolerance, figures);
  }
}

package dev.eddy.trainer.collection;

import dev.eddy.definition.StreamDefinition.Labels;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import org.jspecify.annotations.Nullable;

/** What a record is, by its own label field and by what somebody said of it, who knows better. */
record LabelRule(Labels labels) {
  /** Returns a row with its truth and class. */
  Sample sample(Observation observation, @Nullable KnownLabel said) {
    String inline = observation.event().label();
    if (said == null && inline == null) {
      return new Sample(observation, Truth.UNKNOWN, null);
    }
    boolean normal = said == null ? labels.normal().contains(inline) : said.truth() == Truth.NORMAL;
    return normal
        ? new Sample(observation, Truth.NORMAL, normalClass())
        : new Sample(observation, Truth.ANOMALOUS, anomalyClass(said, inline));
  }

  /** Returns whether a record's own label field calls it an anomaly. */
  boolean isAnomalous(Event event) {
    return event.label() != null && !labels.normal().contains(event.label());
  }

  /** The label's class; else the label field's, unless that one says "normal" and is wrong. */
  private @Nullable String anomalyClass(@Nullable KnownLabel said, @Nullable String inline) {
    if (said != null && said.labelClass() != null) {
      return said.labelClass();
    }
    return inline == null || labels.normal().contains(inline) ? null : inline;
  }

  private String normalClass() {
    return labels.normal().stream().findFirst().orElse("normal");
  }
}

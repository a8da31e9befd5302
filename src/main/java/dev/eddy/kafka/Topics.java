package dev.eddy.kafka;

import dev.eddy.definition.StreamDefinition;

/** The topics of one stream. */
public record Topics(
    String source,
    String scores,
    String alerts,
    String labels,
    String labelled,
    String augmentationRequests,
    String synthetic,
    String syntheticRejected,
    String classMix,
    String models,
    String drift,
    String deadLetters) {

  /** Names the topics of a stream. */
  public static Topics of(StreamDefinition definition) {
    String name = definition.name();
    String labels = definition.labels().topic();
    return new Topics(
        definition.source().topic(),
        name + ".scores",
        name + ".alerts",
        labels == null ? name + ".labels" : labels,
        name + ".labelled",
        name + ".augmentation-requests",
        name + ".synthetic",
        name + ".synthetic-rejected",
        name + ".class-mix",
        name + ".models",
        name + ".drift",
        name + ".dead-letters");
  }
}

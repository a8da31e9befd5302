package dev.eddy.kafka;

import dev.eddy.definition.StreamDefinition;
import java.util.Set;

/** Creates the topics of a stream that are missing. */
public final class TopicCreator {
  private final KafkaSettings settings;

  /** Makes a creator; it opens an admin client for each call. */
  public TopicCreator(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * Creates what is missing and leaves alone what is there, also when several processes do this at
   * once. The source topic must be there: it is the user's.
   *
   * @return names of the topics that were created
   * @throws TopicException if the source topic is missing or the broker refuses
   */
  public Set<String> createMissing(StreamDefinition definition) {
    throw new IllegalStateException("under construction: " + settings + definition);
  }

  /**
   * Creates the source topic where it is missing: for the demo and for replays of files.
   *
   * @throws TopicException if the broker refuses
   */
  public void createSource(StreamDefinition definition, int partitions) {
    throw new IllegalStateException("under construction: " + settings + definition + partitions);
  }
}

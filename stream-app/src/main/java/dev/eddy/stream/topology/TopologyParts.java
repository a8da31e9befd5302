package dev.eddy.stream.topology;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.kafka.Topics;
import dev.eddy.registry.ModelVersion;
import dev.eddy.stream.alert.AlertThreshold;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.Shadow;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a topology is built from. All tasks of a process share it.
 *
 * @param batchSize most records in one micro-batch; 1: each record is scored by itself
 * @param deadline longest wait of a record for its micro-batch to fill
 * @param baselineBeside whether the baselines score beside a model too, and are fused with it
 * @param champions the model that serves now; gives null before there is one
 * @param shadow the version that scores beside the champion, unseen
 * @param refusals is told of a champion that a task could not open
 * @param threshold the score that the alert budget allows
 * @param entities counts entities
 * @param listener hears of each score
 */
public record TopologyParts(
    StreamDefinition definition,
    Topics topics,
    int batchSize,
    Duration deadline,
    boolean baselineBeside,
    Supplier<@Nullable Champion> champions,
    Shadow shadow,
    Refusals refusals,
    AlertThreshold threshold,
    EntityCount entities,
    ScoreListener listener,
    StreamMetrics metrics,
    Clock clock) {

  /** Is told of champions that cannot be served. */
  @FunctionalInterface
  public interface Refusals {
    /** Notes a refusal; does not throw. */
    void refuse(ModelVersion version, RuntimeException cause);
  }

  /** Checks that the parts are there. */
  public TopologyParts {
    requireNonNull(definition, "definition");
    requireNonNull(topics, "topics");
    requireNonNull(deadline, "deadline");
    requireNonNull(champions, "champions");
    requireNonNull(refusals, "refusals");
    requireNonNull(threshold, "threshold");
    requireNonNull(entities, "entities");
    requireNonNull(listener, "listener");
    requireNonNull(metrics, "metrics");
    requireNonNull(clock, "clock");
  }

  /**
   * The parts for one champion, or none: what benchmarks and tests start from.
   *
   * @param champions gives null for the baselines
   */
  public static TopologyParts of(
      EddyConfiguration configuration,
      Supplier<@Nullable Champion> champions,
      StreamMetrics metrics,
      Clock clock) {
    StreamDefinition definition = configuration.stream();
    return new TopologyParts(
        definition,
        Topics.of(definition),
        configuration.scoring().batchSize(),
        configuration.scoring().deadline(),
        configuration.scoring().baseline(),
        champions,
        Shadow.NONE,
        (version, cause) -> {
          throw cause;
        },
        new AlertThreshold(definition.alerts()),
        new EntityCount(),
        (observation, score) -> {},
        metrics,
        clock);
  }
}

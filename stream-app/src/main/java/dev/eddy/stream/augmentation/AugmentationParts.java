package dev.eddy.stream.augmentation;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.TimestampForm;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.Champion;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What requests are answered with, and where answers go.
 *
 * @param champions the model that serves now; gives null before there is one
 * @param timestamps how the source writes its own
 * @param requestStore name of the store of open requests, by order of arrival
 * @param publishedNode name of the node that takes synthetic records
 * @param rejectedNode name of the node that takes rejections
 */
public record AugmentationParts(
    StreamDefinition definition,
    Supplier<@Nullable Champion> champions,
    StreamMetrics metrics,
    Clock clock,
    Supplier<TimestampForm> timestamps,
    String requestStore,
    String publishedNode,
    String rejectedNode) {

  /** Checks that the parts are there. */
  public AugmentationParts {
    requireNonNull(definition, "definition");
    requireNonNull(champions, "champions");
    requireNonNull(metrics, "metrics");
    requireNonNull(clock, "clock");
    requireNonNull(timestamps, "timestamps");
  }
}

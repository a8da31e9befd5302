package dev.eddy.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.stream.metrics.StreamMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.api.Test;

class TopologyNamesTest {

  @Test
  void keepsTheNamesThatChangelogTopicsAndDashboardsRelyOn() {
    Set<String> nodes = new TreeSet<>();
    Set<String> stores = new TreeSet<>();
    TopologyDescription description = topology().describe();
    for (Subtopology part : description.subtopologies()) {
      for (TopologyDescription.Node node : part.nodes()) {
        nodes.add(node.name());
        if (node instanceof Processor processor) {
          stores.addAll(processor.stores());
        }
      }
    }

    assertThat(nodes)
        .containsExactly(
            "alert",
            "alerts",
            "augmentation-requests",
            "dead-letters",
            "decode",
            "generate",
            "score",
            "scores",
            "source",
            "synthetic",
            "synthetic-rejected");
    assertThat(stores)
        .containsExactly(
            "alert-state",
            "entity-context",
            "entity-context-hook",
            "micro-batch-hook",
            "open-requests",
            "record-rate");
  }

  @Test
  void answersRequestsBesideTheScoringAndNotInItsTasks() {
    assertThat(topology().describe().subtopologies()).hasSize(2);
  }

  private static Topology topology() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var metrics = new StreamMetrics(meters, ScoringFixture.CLOCK);
    return ScoringTopology.build(
        TopologyParts.of(
            ScoringFixture.configuration(8), () -> null, metrics, ScoringFixture.CLOCK));
  }
}

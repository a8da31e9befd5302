package dev.eddy.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class PlatformMetricsTest {

  @Test
  void letsThroughOnlyThoseOfKafkasMetersThatSayHowItGoes() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    PlatformMetrics.filter(registry);

    registry.counter("kafka.consumer.fetch.manager.records.lag.max").increment();
    registry.counter("kafka.admin.client.connection.count").increment();
    registry.counter("eddy.records").increment();

    assertThat(registry.scrape())
        .contains("kafka_consumer_fetch_manager_records_lag_max")
        .contains("eddy_records")
        .doesNotContain("kafka_admin");
  }
}

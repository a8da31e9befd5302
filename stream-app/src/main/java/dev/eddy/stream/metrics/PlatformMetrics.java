package dev.eddy.stream.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The meters of Kafka Streams and of the JVM. Kafka has hundreds, many of them by task, node and
 * broker; only those that say how it goes are let through.
 */
public final class PlatformMetrics implements AutoCloseable {
  private static final String KAFKA = "kafka.";

  /** How it goes: threads, rebalances, lag, throughput, errors. */
  private static final List<String> KEPT =
      List.of(
          "kafka.stream.alive.stream.threads",
          "kafka.stream.failed.stream.threads",
          "kafka.stream.thread.commit.",
          "kafka.stream.thread.process.",
          "kafka.stream.thread.poll.",
          "kafka.stream.thread.punctuate.",
          "kafka.stream.thread.blocked.time",
          "kafka.stream.thread.task.",
          "kafka.stream.task.dropped.records",
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.consumer.fetch.manager.records.consumed.",
          "kafka.consumer.fetch.manager.bytes.consumed.",
          "kafka.consumer.fetch.manager.fetch.latency.",
          "kafka.consumer.coordinator.rebalance.",
          "kafka.consumer.coordinator.last.rebalance",
          "kafka.producer.record.send.",
          "kafka.producer.record.error.",
          "kafka.producer.record.retry.",
          "kafka.producer.txn.");

  private final KafkaStreamsMetrics streams;
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  /** Keeps the rest of Kafka's meters out; to be called before the first meter is registered. */
  public static void filter(MeterRegistry registry) {
    registry
        .config()
        .meterFilter(
            MeterFilter.deny(id -> id.getName().startsWith(KAFKA) && !isKept(id.getName())));
  }

  /** Binds them. */
  public PlatformMetrics(MeterRegistry registry, KafkaStreams kafkaStreams) {
    streams = new KafkaStreamsMetrics(kafkaStreams);
    streams.bindTo(registry);
    garbage.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  static boolean isKept(String name) {
    return KEPT.stream().anyMatch(name::startsWith);
  }

  @Override
  public void close() {
    streams.close();
    garbage.close();
  }
}

package dev.eddy.benchmarks.stream;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How many source records a topology has committed: with exactly-once, what is committed is read,
 * scored and written. The same measure for every mode, from outside of it.
 */
final class CommittedRecords implements AutoCloseable {
  private final Admin admin;

  CommittedRecords(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Returns the sum of the group's committed offsets in the topic. */
  long count(String group, String topic) throws InterruptedException {
    try {
      Map<?, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return offsets.entrySet().stream()
          .filter(entry -> entry.getKey().toString().startsWith(topic + "-"))
          .mapToLong(entry -> entry.getValue().offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("committed offsets of " + group + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}

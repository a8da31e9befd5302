package dev.eddy.stream;

import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Looks up how many partitions a topic has. */
final class SourcePartitions {
  private SourcePartitions() {}

  static int count(KafkaSettings settings, String topic) {
    try (Admin admin = Admin.create(settings.admin("eddy-partitions"))) {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .mapToInt(description -> description.partitions().size())
          .sum();
    } catch (ExecutionException e) {
      throw new TopicException(topic + " must be described, got " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicException(topic + " must be described, but the wait was interrupted", e);
    }
  }
}

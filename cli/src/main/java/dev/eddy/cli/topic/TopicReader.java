package dev.eddy.cli.topic;

import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads whole topics, committed records only, in a thread of its own and with no consumer group:
 * what an independent consumer of these topics sees. The handler is called from that one thread.
 */
public final class TopicReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<ConsumerRecord<byte[], byte[]>> handler;
  private final Thread thread;
  private volatile boolean closing;

  /** Where to begin. */
  public enum From {
    /** With the first record that the topic still holds. */
    BEGINNING,
    /** With the first record that is written after the reader has started. */
    NOW
  }

  private TopicReader(
      KafkaConsumer<byte[], byte[]> consumer,
      String name,
      Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    this.consumer = consumer;
    this.handler = handler;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /**
   * Starts to read. When this returns, positions are fixed.
   *
   * @throws TopicException if a topic is not there
   */
  public static TopicReader start(
      KafkaSettings settings,
      String name,
      Collection<String> topics,
      From from,
      Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.consumer(name), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      assign(consumer, topics, from);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
    TopicReader reader = new TopicReader(consumer, name, handler);
    reader.thread.start();
    return reader;
  }

  private static void assign(
      KafkaConsumer<byte[], byte[]> consumer, Collection<String> topics, From from) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic);
      if (infos.isEmpty()) {
        throw new TopicException("topic %s must exist, found none of that name".formatted(topic));
      }
      infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    if (from == From.BEGINNING) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
    partitions.forEach(consumer::position);
  }

  private void run() {
    try (consumer) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> consumed : consumer.poll(POLL)) {
          handler.accept(consumed);
        }
      }
    } catch (WakeupException e) {
      // close() asked for it
    } catch (RuntimeException e) {
      log.atError().addKeyValue("reader", thread.getName()).setCause(e).log("reading ended");
    }
  }

  /** Stops reading; no call of the handler begins after this. Calling it again does nothing. */
  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

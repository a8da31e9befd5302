package dev.eddy.stream.console;

import dev.eddy.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows topics, from a bounded number of records back, in a thread of its own. */
public final class TopicTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration CLOSE = Duration.ofMillis(500);

  private final List<String> topics;
  private final int back;
  private final Consumer<ConsumerRecord<byte[], byte[]>> records;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Makes a tail that has not read yet; it belongs to no consumer group.
   *
   * @param name of the client and its thread
   * @param back how many records back it begins in each partition
   * @param records gets each record that has a value; the same one again after an error
   */
  public TopicTail(
      KafkaSettings settings,
      String name,
      List<String> topics,
      int back,
      Consumer<ConsumerRecord<byte[], byte[]>> records) {
    this.topics = List.copyOf(topics);
    this.back = back;
    this.records = records;
    this.consumer =
        new KafkaConsumer<>(
            settings.consumer(name), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /** Starts to read. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (isOpen()) {
        follow();
      }
    } catch (WakeupException e) {
      LOG.atDebug().addKeyValue("topics", topics).log("stopped following");
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  /** The console must not stop the scoring: what goes wrong here is tried again. */
  private void follow() {
    try {
      seekBack();
      while (isOpen()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            records.accept(record);
          }
        }
      }
    } catch (WakeupException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("topics", topics)
          .log("cannot follow topics, trying again");
      pause();
    }
  }

  private void seekBack() {
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    end.forEach(
        (partition, offset) ->
            consumer.seek(partition, Math.max(first.getOrDefault(partition, 0L), offset - back)));
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private void pause() {
    try {
      boolean unused = closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops within a second. */
  @Override
  public void close() {
    closed.countDown();
    consumer.wakeup();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

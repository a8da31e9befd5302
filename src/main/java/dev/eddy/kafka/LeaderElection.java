package dev.eddy.kafka;

import static java.util.Objects.requireNonNull;

import dev.eddy.registry.Lead;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one of several processes by Kafka's group protocol: all are members of one group that
 * subscribes to a topic of one partition, and who is assigned the partition leads. Nothing is read
 * from it. Who leads goes on leading when another one joins: a change would cost the training that
 * runs. A member that dies is replaced after {@link #SESSION}; one that only stood still may
 * believe for a moment that it leads, and its writes are then refused ({@link Lead}).
 */
public final class LeaderElection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
  private static final Duration SESSION = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration BACK_OFF = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final String topic;
  private final Lead lead;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "eddy-election");

  LeaderElection(String topic, Lead lead, Supplier<Consumer<byte[], byte[]>> consumers) {
    this.topic = requireNonNull(topic, "topic");
    this.lead = requireNonNull(lead, "lead");
    this.consumers = requireNonNull(consumers, "consumers");
    thread.setDaemon(true);
  }

  /**
   * Makes a candidate that does not stand yet.
   *
   * @param topic of one partition
   * @param group that all candidates share
   */
  public static LeaderElection of(KafkaSettings settings, String topic, String group, Lead lead) {
    Map<String, Object> properties = settings.consumer(group + "-election");
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
    properties.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) SESSION.dividedBy(4).toMillis());
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return new LeaderElection(
        topic,
        lead,
        () ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /** Stands for election from now on. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        stand(consumer);
      } catch (WakeupException e) {
        LOG.trace("woken to close");
      } catch (KafkaException e) {
        LOG.atWarn().setCause(e).log("could not stand for election, trying again");
        pause();
      } finally {
        lead.giveUp();
      }
    }
  }

  /** Returns when the lead was lost other than by the group: then it stands anew. */
  private void stand(Consumer<byte[], byte[]> consumer) {
    consumer.subscribe(List.of(topic), new Assignment(consumer));
    boolean led = false;
    while (closing.getCount() > 0 && !(led && isOwner(consumer) && !lead.isHeld())) {
      consumer.poll(POLL);
      led = lead.isHeld();
    }
  }

  private static boolean isOwner(Consumer<byte[], byte[]> consumer) {
    return !consumer.assignment().isEmpty();
  }

  private final class Assignment implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;

    Assignment(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        consumer.pause(partitions);
        lead.take();
        LOG.atInfo().addKeyValue("topic", topic).log("elected to lead");
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        lead.giveUp();
        LOG.atInfo().addKeyValue("topic", topic).log("leads no longer");
      }
    }
  }

  private void pause() {
    try {
      if (closing.await(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("closed while waiting to stand again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** Leaves the group, so that another one is elected at once. Calling it again does nothing. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

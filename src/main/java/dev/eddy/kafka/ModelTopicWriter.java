package dev.eddy.kafka;

import dev.eddy.registry.Lead;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the models topic: in one transaction where it leads, which Kafka refuses as a whole
 * when another process has taken the lead; else record by record, in order. Safe for use by several
 * threads.
 */
final class ModelTopicWriter implements Lead, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTopicWriter.class);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final String topic;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Supplier<Producer<byte[], byte[]>> leading;
  private @Nullable Producer<byte[], byte[]> leader;

  /** Whether it ever led: who has lost the lead must not write as if there were no election. */
  private boolean stood;

  ModelTopicWriter(
      String topic,
      Supplier<Producer<byte[], byte[]>> producers,
      Supplier<Producer<byte[], byte[]>> leading) {
    this.topic = topic;
    this.producers = producers;
    this.leading = leading;
  }

  @Override
  public synchronized void take() {
    giveUp();
    stood = true;
    Producer<byte[], byte[]> opened = leading.get();
    try {
      opened.initTransactions(); // ends what an earlier leader had open, and its right
    } catch (KafkaException e) {
      opened.close(CLOSE);
      throw e;
    }
    leader = opened;
  }

  @Override
  public synchronized void giveUp() {
    if (leader != null) {
      leader.close(CLOSE);
      leader = null;
    }
  }

  @Override
  public synchronized boolean isHeld() {
    return leader != null;
  }

  /**
   * Writes in this order.
   *
   * @return the offset of the last one
   * @throws TopicException if they cannot be written; in a transaction, then none is
   */
  synchronized long write(List<ProducerRecord<byte[], byte[]>> records) {
    if (leader != null) {
      return writeAtOnce(leader, records);
    }
    try (Producer<byte[], byte[]> producer = producers.get()) {
      return send(producer, records);
    } catch (KafkaException | ExecutionException e) {
      throw new TopicException(topic + " must take a model's records", e);
    }
  }

  /**
   * Writes what only the stream's trainer may: as {@link #write}, but not at all where it has led
   * and leads no longer. A tool that never stood for election writes as people do.
   *
   * @throws TopicException also if the lead was lost
   */
  synchronized long writeAsTrainer(List<ProducerRecord<byte[], byte[]>> records) {
    if (stood && leader == null) {
      throw new TopicException(
          topic + " must be written by the trainer that leads, which this one does no longer");
    }
    return write(records);
  }

  private long writeAtOnce(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    try {
      producer.beginTransaction();
      long last = send(producer, records);
      producer.commitTransaction();
      return last;
    } catch (KafkaException | ExecutionException e) {
      giveUp(); // closing aborts; whoever leads now begins anew
      boolean fenced = isFenced(e);
      LOG.atWarn().addKeyValue("fenced", fenced).setCause(e).log("lost the lead");
      throw new TopicException(
          fenced
              ? topic + " must be written by the trainer that leads, which is another one now"
              : topic + " must take a model's records",
          e);
    }
  }

  private static boolean isFenced(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  private long send(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException {
    long last = -1;
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    producer.flush();
    try {
      for (Future<RecordMetadata> result : sent) {
        last = Math.max(last, result.get().offset());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicException(topic + " must take a model's records, but was interrupted", e);
    }
    return last;
  }

  @Override
  public void close() {
    giveUp();
  }
}

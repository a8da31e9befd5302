package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.kafka.ModelTopicFormat.VersionKey;
import dev.eddy.kafka.ModelTopicIndex.WholeVersion;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelLoadException;
import dev.eddy.registry.ModelUnavailableException;
import dev.eddy.registry.TrustedKeys;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the models topic on a thread of its own, and tells listeners who serves. */
final class ModelTopicReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTopicReader.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration BACK_OFF = Duration.ofSeconds(1);

  /**
   * One listener and what it was told last; used by the reader's thread only.
   *
   * @param <T> what it hears
   */
  private static final class Listener<T> {
    private final Supplier<@Nullable T> source;
    private final java.util.function.Consumer<@Nullable T> target;
    private @Nullable T told;

    Listener(Supplier<@Nullable T> source, java.util.function.Consumer<@Nullable T> target) {
      this.source = source;
      this.target = target;
    }

    void tell() {
      T now = source.get();
      if (Objects.equals(now, told)) {
        return;
      }
      told = now;
      try {
        target.accept(now);
      } catch (RuntimeException e) { // one listener's failure is not the others'
        LOG.atError().addKeyValue("change", now).setCause(e).log("a listener could not take it");
      }
    }
  }

  private final TopicPartition partition;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ModelTopicIndex index;
  private final List<Listener<?>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final Object progress = new Object();
  private @Nullable Consumer<byte[], byte[]> consumer;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Where the consumer stands, which also passes offsets that hold no record. */
  private long position;

  /** The end of the topic at start: listeners hear nothing of the history before it. */
  private long startEnd;

  ModelTopicReader(
      String topic, TrustedKeys trusted, Supplier<Consumer<byte[], byte[]>> consumers) {
    this.index = new ModelTopicIndex(topic, trusted);
    this.partition = new TopicPartition(topic, 0);
    this.consumers = consumers;
    this.thread = new Thread(this::follow, "eddy-models-reader");
    thread.setDaemon(true);
  }

  ModelTopicIndex index() {
    return index;
  }

  void start() {
    Consumer<byte[], byte[]> opened = consumers.get();
    try {
      opened.assign(List.of(partition));
      opened.seekToBeginning(List.of(partition));
      startEnd = opened.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
    } catch (KafkaException e) {
      opened.close();
      throw new TopicException(partition.topic() + " must be readable", e);
    }
    consumer = opened;
    thread.start();
    awaitPosition(startEnd);
  }

  /** Waits until the reader stands at this offset or behind it. */
  void awaitPosition(long wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (progress) {
      while (position < wanted && !isClosed()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new TopicException(
              "%s must be read to offset %d within %s, got to %d"
                  .formatted(partition.topic(), wanted, PATIENCE, position));
        }
        try {
          progress.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new TopicException(partition.topic() + " was read, but the wait interrupted", e);
        }
      }
    }
  }

  /**
   * Lets a listener hear of what the index says, now and whenever it changes; never of null first.
   */
  <T> void onChange(
      Supplier<@Nullable T> source, java.util.function.Consumer<@Nullable T> listener) {
    listeners.add(new Listener<>(source, listener));
    wakeUp();
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  private void wakeUp() {
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  private void follow() {
    Consumer<byte[], byte[]> reading = consumer;
    if (reading == null) {
      return;
    }
    try (reading) {
      while (!isClosed()) {
        try {
          step(reading);
        } catch (WakeupException e) {
          LOG.trace("woken to look for new listeners or to close");
        } catch (KafkaException e) {
          LOG.atWarn().setCause(e).log("could not read the models topic, trying again");
          pause();
        }
      }
    }
  }

  private void step(Consumer<byte[], byte[]> reading) {
    for (ConsumerRecord<byte[], byte[]> record : reading.poll(POLL)) {
      apply(record);
    }
    long reached = reading.position(partition, POLL);
    synchronized (progress) {
      position = reached;
      progress.notifyAll();
    }
    if (reached >= startEnd) {
      listeners.forEach(Listener::tell);
    }
  }

  /** Whatever a record holds, those behind it must be read. */
  private void apply(ConsumerRecord<byte[], byte[]> record) {
    try {
      index.apply(record);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("offset", record.offset()).setCause(e).log("passed over a record");
    }
  }

  private void pause() {
    try {
      if (closing.await(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("closed while waiting to try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /**
   * Fetches the zip of a version with a consumer of its own.
   *
   * @throws ModelUnavailableException if the topic cannot be read now, which says nothing of the
   *     version
   * @throws ModelLoadException if it is not there as a whole
   */
  byte[] fetch(WholeVersion version) {
    Map<Integer, byte[]> chunks = new TreeMap<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Consumer<byte[], byte[]> fetching = consumers.get()) {
      fetching.assign(List.of(partition));
      fetching.seek(partition, version.firstOffset());
      while (fetching.position(partition) <= version.lastOffset()) {
        if (System.nanoTime() > deadline) {
          throw new ModelUnavailableException(
              "%s of %s must be fetched within %s"
                  .formatted(version.manifest().version(), partition.topic(), PATIENCE));
        }
        for (ConsumerRecord<byte[], byte[]> record : fetching.poll(POLL)) {
          take(record, version, chunks);
        }
      }
    } catch (KafkaException e) {
      throw new ModelUnavailableException(
          "%s of %s must be readable".formatted(version.manifest().version(), partition.topic()),
          e);
    }
    return join(version, chunks);
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record, WholeVersion version, Map<Integer, byte[]> chunks) {
    if (record.key() == null || record.value() == null || record.offset() > version.lastOffset()) {
      return;
    }
    VersionKey key = VersionKey.parse(new String(record.key(), UTF_8));
    if (key != null && !key.isManifest() && key.version().equals(version.manifest().version())) {
      chunks.put(key.chunk(), record.value());
    }
  }

  private static byte[] join(WholeVersion version, Map<Integer, byte[]> chunks) {
    chunks.keySet().removeIf(chunk -> chunk >= version.extent().chunks());
    long bytes = chunks.values().stream().mapToLong(chunk -> chunk.length).sum();
    if (chunks.size() != version.extent().chunks()
        || bytes != version.extent().bytes()
        || bytes > ModelArtifact.MAXIMUM_BYTES) {
      throw new ModelLoadException(
          "%s must have %s, got %d chunks of %d bytes"
              .formatted(version.manifest().version(), version.extent(), chunks.size(), bytes));
    }
    var zip = new ByteArrayOutputStream((int) bytes);
    chunks.values().forEach(zip::writeBytes);
    return zip.toByteArray();
  }

  @Override
  public void close() {
    closing.countDown();
    wakeUp();
    synchronized (progress) {
      progress.notifyAll();
    }
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(Duration.ofSeconds(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

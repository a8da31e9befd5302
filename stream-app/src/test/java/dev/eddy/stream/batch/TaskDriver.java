package dev.eddy.stream.batch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Drives a topology's real task record by record, and commits only when told. {@link
 * TopologyTestDriver} commits after each record, so that no batch ever holds two; this takes the
 * task out of it.
 */
public final class TaskDriver implements AutoCloseable {
  private final TopologyTestDriver driver;
  private final StreamTask task;
  private final Time time;
  private final MockProducer<byte[], byte[]> producer;
  private final Map<String, Long> nextOffsets = new HashMap<>();
  private final Path folder;
  private boolean crashed;

  /** Starts a topology. */
  public TaskDriver(Topology topology) {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "0");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // One task holds all sub-topologies here: a source without records must not hold up another.
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    folder = temporaryFolder();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    driver = new TopologyTestDriver(topology, properties);
    task = field("task", StreamTask.class);
    time = field("mockWallClockTime", Time.class);
    producer = producer();
  }

  /** Feeds one record to the task and does not commit. Returns its offset. */
  public long process(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    return process(topic, key, value, 1_000, new RecordHeaders());
  }

  /** Feeds one record to the task and does not commit. Returns its offset. */
  public long process(
      String topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      long timestamp,
      Headers headers) {
    long offset = nextOffsets.merge(topic, 1L, Long::sum) - 1;
    var partition = new TopicPartition(topic, 0);
    task.addRecords(
        partition,
        List.of(
            new ConsumerRecord<>(
                topic,
                0,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty())));
    task.updateNextOffsets(partition, new OffsetAndMetadata(offset + 1, Optional.empty(), ""));
    if (!task.process(time.milliseconds())) {
      throw new IllegalStateException("task must process the record, but was not ready");
    }
    return offset;
  }

  /** Lets wall-clock time pass, and punctuates without a commit. */
  public void advance(Duration duration) {
    time.sleep(duration.toMillis());
    task.maybePunctuateSystemTime();
  }

  /** Commits as Streams does, and returns the offset committed for the topic; null: none. */
  public @Nullable Long commit(String topic) {
    Map<TopicPartition, OffsetAndMetadata> offsets = task.prepareCommit(true);
    task.postCommit(false);
    OffsetAndMetadata committed = offsets.get(new TopicPartition(topic, 0));
    return committed == null ? null : committed.offset();
  }

  /** Takes the task away without a commit, as when its partitions are lost. */
  public void crash() {
    crashed = true;
    task.suspend();
  }

  /** Closes the processors and opens them again over the same stores, as after a rebalance. */
  public void reopen() {
    task.prepareCommit(true);
    task.postCommit(true);
    task.suspend();
    task.resume();
    task.completeRestoration(partitions -> {});
  }

  /** Tries to commit, as a suspended task with records that it has processed would. */
  public void commitAfterCrash() {
    task.prepareCommit(true);
  }

  /** Returns what was sent to a topic, in order. */
  public List<ProducerRecord<byte[], byte[]>> sent(String topic) {
    List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    // The driver's transaction stays open: what was sent is not history yet.
    for (ProducerRecord<byte[], byte[]> record : producer.uncommittedRecords()) {
      if (record.topic().equals(topic)) {
        sent.add(record);
      }
    }
    return sent;
  }

  /** Returns a key-value store. */
  public <K, V> KeyValueStore<K, V> store(String name) {
    return driver.getKeyValueStore(name);
  }

  private <T> T field(String name, Class<T> type) {
    try {
      Field field = TopologyTestDriver.class.getDeclaredField(name);
      field.setAccessible(true);
      return requireNonNull(type.cast(field.get(driver)), name);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("TopologyTestDriver must have a field " + name, e);
    }
  }

  @SuppressWarnings("unchecked") // the driver's producer writes bytes
  private MockProducer<byte[], byte[]> producer() {
    return field("producer", MockProducer.class);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("eddy-task");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (crashed) {
      task.closeDirty();
    } else {
      commit("");
      driver.close();
    }
    try {
      Utils.delete(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

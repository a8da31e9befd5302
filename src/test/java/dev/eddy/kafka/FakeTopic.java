package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One partition in memory: what its producers write, its consumers read. */
final class FakeTopic {
  private final TopicPartition partition;
  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
  private volatile boolean broken;

  FakeTopic(String name) {
    this.partition = new TopicPartition(name, 0);
  }

  synchronized long append(ProducerRecord<byte[], byte[]> record) {
    long offset = log.size();
    log.add(
        new ConsumerRecord<>(
            partition.topic(),
            0,
            offset,
            0L,
            TimestampType.CREATE_TIME,
            0,
            0,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty()));
    return offset;
  }

  synchronized List<String> keys() {
    return log.stream().map(record -> new String(record.key(), UTF_8)).toList();
  }

  /** Returns the n-th record with a key, from 1, ready to be written again. */
  synchronized ProducerRecord<byte[], byte[]> recordWith(String key, int number) {
    ConsumerRecord<byte[], byte[]> found =
        log.stream()
            .filter(record -> key.equals(new String(record.key(), UTF_8)))
            .skip(number - 1)
            .findFirst()
            .orElseThrow();
    return new ProducerRecord<>(
        partition.topic(), 0, null, found.key(), found.value(), found.headers());
  }

  private synchronized List<ConsumerRecord<byte[], byte[]>> from(long offset) {
    return List.copyOf(log.subList((int) Math.min(offset, log.size()), log.size()));
  }

  Producer<byte[], byte[]> newProducer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
      @Override
      public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        long offset = append(record);
        return CompletableFuture.completedFuture(new RecordMetadata(partition, offset, 0, 0, 0, 0));
      }
    };
  }

  /** Lets every consumer fail that is made from now on. */
  void breakDown() {
    broken = true;
  }

  Consumer<byte[], byte[]> newConsumer() {
    if (broken) {
      throw new KafkaException("the broker does not answer");
    }
    var consumer =
        new MockConsumer<byte[], byte[]>("earliest") {
          @Override
          public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            for (var record : from(fed)) {
              addRecord(record);
              fed = record.offset() + 1;
            }
            return super.poll(Duration.ofMillis(1));
          }

          private long fed;
        };
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.updateEndOffsets(Map.of(partition, (long) from(0).size()));
    return consumer;
  }
}

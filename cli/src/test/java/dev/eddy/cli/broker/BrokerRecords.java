package dev.eddy.cli.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to the broker of a test. */
public final class BrokerRecords {
  private BrokerRecords() {}

  /** Makes a record without a key. */
  public static ProducerRecord<byte[], byte[]> of(String topic, String value) {
    return new ProducerRecord<>(topic, value.getBytes(UTF_8));
  }

  /** Writes records in their order; when it returns, the broker has them all. */
  public static void write(
      EddyConfiguration configuration, List<ProducerRecord<byte[], byte[]>> records) {
    try (var producer =
        new KafkaProducer<>(
            KafkaSettings.of(configuration).producer("test"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var sent = records.stream().map(producer::send).toList();
      producer.flush();
      assertThat(sent).allSatisfy(result -> assertThat(result.get().offset()).isNotNegative());
    }
  }
}

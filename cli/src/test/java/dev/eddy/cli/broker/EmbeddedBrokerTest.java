package dev.eddy.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {

  @Test
  void servesTransactionsAndLeavesNothingBehind() throws Exception {
    // given
    EmbeddedBroker broker = EmbeddedBroker.start();
    Path folder = broker.folder();
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());

    // when
    long offset;
    try (Admin admin = Admin.create(client)) {
      admin
          .createTopics(List.of(new NewTopic("numbers", 1, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      offset =
          producer
              .send(new ProducerRecord<>("numbers", "a", "1"))
              .get(20, TimeUnit.SECONDS)
              .offset();
      producer.commitTransaction();
    }
    long closing = System.nanoTime();
    broker.close();

    // then
    assertThat(offset).isZero();
    assertThat(folder).doesNotExist();
    assertThat(System.nanoTime() - closing).isLessThan(TimeUnit.SECONDS.toNanos(3));
  }

  @Test
  void saysThatAPortIsTakenAndLeavesNoFolder() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TemporaryFolder folder = TemporaryFolder.create("eddy-broker-test-");

      assertThatThrownBy(() -> EmbeddedBroker.start(folder, taken.getLocalPort()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 must be free");

      assertThat(folder.path()).doesNotExist();
    }
  }
}

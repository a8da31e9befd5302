package dev.eddy.stream.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.AugmentationRejection;
import dev.eddy.schema.AugmentationRequest;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RequestLogTest {
  static final Topics TOPICS =
      Topics.of(
          StreamDefinition.of(
              "s",
              new StreamDefinition.Source(
                  "source", StreamDefinition.Format.JSON, null, null, List.of()),
              List.of(Feature.number("n"))));

  private final RequestLog log = new RequestLog(TOPICS);

  @Test
  void followsARequestFromWaitingToDone() {
    asked("r1", 3);
    assertThat(find("r1").state()).isEqualTo("waiting");

    published("r1", 0);
    published("r1", 1);
    assertThat(find("r1").state()).isEqualTo("working");
    assertThat(find("r1").published()).isEqualTo(2);

    published("r1", 2);
    published("r1", 2); // read again
    RequestStatus status = find("r1");
    assertThat(status.state()).isEqualTo("done");
    assertThat(status.published()).isEqualTo(3);
    assertThat(status.labelClass()).isEqualTo("c");
    assertThat(status.model()).isEqualTo("v000001");
  }

  @Test
  void tellsWhatWasRefusedAndWhy() {
    asked("r1", 10);
    published("r1", 0);
    published("r1", 1);
    refused("r1", 8);

    RequestStatus status = find("r1");
    assertThat(status.state()).isEqualTo("partly refused");
    assertThat(status.published()).isEqualTo(2);
    assertThat(status.refused()).isEqualTo(8);
    assertThat(status.reasons()).containsExactly("because");
    assertThat(status.rejectedByRule()).isEqualTo(Map.of("range n", 900L));
  }

  @Test
  void tellsOfARefusalAlone() {
    asked("r1", 10);
    refused("r1", 10);

    assertThat(find("r1").state()).isEqualTo("refused");
    assertThat(log.find("r2")).isEmpty();
  }

  @Test
  void passesOverWhatItCannotRead() {
    log.add(record(TOPICS.augmentationRequests(), "garbage".getBytes(UTF_8)));

    assertThat(log.latest(10)).isEmpty();
  }

  @Test
  void keepsTheLatestRequestsOnly() {
    for (int i = 0; i < 600; i++) {
      asked("r" + i, 1);
    }

    assertThat(log.find("r99")).isEmpty();
    assertThat(log.latest(1).get(0).id()).isEqualTo("r599");
  }

  private RequestStatus find(String id) {
    return log.find(id).orElseThrow();
  }

  private void asked(String id, int rows) {
    var request = new AugmentationRequest(id, "c", rows, 1L, "ann", 5L, Map.of(), List.of());
    log.add(
        record(
            TOPICS.augmentationRequests(),
            SchemaJson.of(AugmentationRequest.class).write(request)));
  }

  private void published(String id, int row) {
    ConsumerRecord<byte[], byte[]> record = record(TOPICS.synthetic(), "{}".getBytes(UTF_8));
    record.headers().add("eddy-request", id.getBytes(UTF_8));
    record.headers().add("eddy-row", Integer.toString(row).getBytes(UTF_8));
    record.headers().add("eddy-model", "v000001".getBytes(UTF_8));
    log.add(record);
  }

  private void refused(String id, int rows) {
    var rejection =
        new AugmentationRejection(
            id, "c", rows, "v000001", List.of("because"), 5L, 902L, Map.of("range n", 900L));
    log.add(
        record(
            TOPICS.syntheticRejected(),
            SchemaJson.of(AugmentationRejection.class).write(rejection)));
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] value) {
    return new ConsumerRecord<>(topic, 0, 0, null, value);
  }
}

package dev.eddy.trainer.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.DriftKind;
import dev.eddy.schema.DriftReport;
import java.util.Locale;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes reports to S.drift. */
public final class DriftTopic {
  private static final Logger LOG = LoggerFactory.getLogger(DriftTopic.class);
  private static final SchemaJson<DriftReport> REPORTS = SchemaJson.of(DriftReport.class);

  private final String topic;
  private final Producer<byte[], byte[]> producer;

  /** Uses a producer that somebody else closes. */
  DriftTopic(String topic, Producer<byte[], byte[]> producer) {
    this.topic = requireNonNull(topic, "topic");
    this.producer = requireNonNull(producer, "producer");
  }

  static DriftReport read(byte[] value) {
    return REPORTS.read(value);
  }

  /** Writes a report; a broker that does not take it is only logged. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  public void write(DriftReport report) {
    DriftKind kind = report.getKind();
    String key = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "/" + report.getSubject();
    try {
      producer.send(
          new ProducerRecord<>(topic, key.getBytes(UTF_8), REPORTS.write(report)),
          (metadata, failure) -> {
            if (failure != null) {
              warn(failure);
            }
          });
    } catch (KafkaException e) {
      warn(e);
    }
  }

  private void warn(Exception reason) {
    LOG.atWarn().addKeyValue("topic", topic).setCause(reason).log("could not report drift");
  }
}

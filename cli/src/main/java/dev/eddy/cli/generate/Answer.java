package dev.eddy.cli.generate;

import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.AugmentationRejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What comes back for one request: records, refusals, or nothing in time. */
final class Answer {
  private static final String REQUEST_HEADER = "eddy-request";

  private final SchemaJson<AugmentationRejection> json = SchemaJson.of(AugmentationRejection.class);
  private final String id;
  private final Topics topics;
  private final List<String> records = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final Map<String, Long> rejected = new TreeMap<>();
  private final CountDownLatch open;

  Answer(String id, int rows, Topics topics) {
    this.id = id;
    this.topics = topics;
    this.open = new CountDownLatch(rows);
  }

  /** Takes a record of the synthetic topic or of the topic of rejections. */
  synchronized void read(ConsumerRecord<byte[], byte[]> consumed) {
    if (consumed.topic().equals(topics.syntheticRejected())) {
      refused(json.read(consumed.value()));
      return;
    }
    Header header = consumed.headers().lastHeader(REQUEST_HEADER);
    if (header != null && id.equals(new String(header.value(), StandardCharsets.UTF_8))) {
      records.add(new String(consumed.value(), StandardCharsets.UTF_8));
      open.countDown();
    }
  }

  private void refused(AugmentationRejection rejection) {
    if (rejection.getId().equals(id)) {
      refusals.addAll(rejection.getReasons());
      rejected.putAll(rejection.getRejectedByRule()); // of the whole request so far
      for (int row = 0; row < rejection.getRows(); row++) {
        open.countDown();
      }
    }
  }

  /** Waits until every row that was asked for has come or was refused; false: not in time. */
  boolean await(Duration limit) throws InterruptedException {
    return open.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Returns the records so far, in the source's format. */
  synchronized List<String> records() {
    return List.copyOf(records);
  }

  /** Returns how many candidates broke each rule, where rows were refused. */
  synchronized Map<String, Long> rejected() {
    return Map.copyOf(rejected);
  }

  /** Returns why rows were refused. */
  synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }
}

package dev.eddy.cli.demo;

import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.Alert;
import dev.eddy.schema.Label;
import dev.eddy.schema.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the engineer on call, who in production is a person or a ticket system that writes
 * to the labels topic. It knows the recorded truth and behaves as such a person might:
 *
 * <ul>
 *   <li>a few seconds after each alert it says whether the alarm was true, and which fault it was;
 *   <li>of two episodes in three it writes the report once the episode is over: every record from
 *       its begin to its end is labelled with the fault. An episode that no alert found is found
 *       this way.
 * </ul>
 *
 * <p>Of every third episode of each fault Eddy learns nothing but the label of an alert, if there
 * was one. Safe for use by several threads.
 */
final class OnCall implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OnCall.class);
  private static final String WHO = "recorded truth";
  private static final Duration REACTION = Duration.ofSeconds(2);
  private static final Duration REVIEW = Duration.ofSeconds(3);
  private static final int UNREPORTED = 3;

  private final SchemaJson<Label> json = SchemaJson.of(Label.class);
  private final String topic;
  private final GroundTruth truth;
  private final Clock clock;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "demo-on-call");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Integer> endedByFault = new HashMap<>();
  private final Set<Coordinates> labelled = new HashSet<>();
  private final AtomicLong labels = new AtomicLong();

  OnCall(KafkaSettings settings, String topic, GroundTruth truth, Clock clock) {
    this.topic = topic;
    this.truth = truth;
    this.clock = clock;
    this.producer =
        new KafkaProducer<>(
            settings.producer("eddy-demo-on-call"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Looks at an alert after a while. */
  void alerted(Alert alert, Optional<Episode> found) {
    Coordinates coordinates =
        new Coordinates(alert.getTopic(), alert.getPartition(), alert.getOffset());
    String fault = found.map(Episode::fault).orElse(null);
    Verdict verdict = fault == null ? Verdict.FALSE_ALARM : Verdict.TRUE_ALARM;
    schedule(() -> label(coordinates, verdict, fault), REACTION);
  }

  /** Goes through an episode's records after it has ended, if it is this one's turn. */
  void ended(Episode episode) {
    int before;
    synchronized (endedByFault) {
      before = endedByFault.merge(episode.fault(), 1, Integer::sum) - 1;
    }
    if (before % UNREPORTED != UNREPORTED - 1) {
      schedule(() -> review(episode), REVIEW);
    }
  }

  private void review(Episode episode) {
    Verdict verdict = episode.alerted() ? Verdict.TRUE_ALARM : Verdict.MISSED;
    truth.records(episode).forEach(record -> label(record, verdict, episode.fault()));
  }

  private void label(Coordinates coordinates, Verdict verdict, @Nullable String fault) {
    if (!labelled.add(coordinates)) {
      return; // an alert's own record is labelled already
    }
    Label label =
        new Label(
            coordinates.topic(),
            coordinates.partition(),
            coordinates.offset(),
            verdict,
            fault,
            WHO,
            clock.millis());
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topic, coordinates.toString().getBytes(StandardCharsets.UTF_8), json.write(label)),
            (metadata, exception) -> warn(exception));
    labels.incrementAndGet();
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  private static void warn(@Nullable Exception exception) {
    if (exception != null) {
      log.atWarn().setCause(exception).log("label was not written");
    }
  }

  private void schedule(Runnable task, Duration delay) {
    try {
      Future<?> unused =
          later.schedule(() -> runSafely(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // closed: nobody will read this label any more
    }
  }

  /** Returns how many labels were written. */
  long labels() {
    return labels.get();
  }

  /** Drops what is planned. Calling it again does nothing. */
  @Override
  public void close() {
    later.shutdownNow();
    producer.close(Duration.ZERO);
  }
}

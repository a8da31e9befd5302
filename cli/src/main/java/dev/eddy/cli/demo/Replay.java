package dev.eddy.cli.demo;

import dev.eddy.cli.shell.Pace;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the events of a source to a topic, at a steady pace, in a thread of its own. */
final class Replay implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Replay.class);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final EventSource source;
  private final String topic;
  private final DoubleSupplier perSecond;
  private final Listener listener;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "demo-replay");
  private volatile boolean closing;

  /** Hears of each event that the broker has acknowledged, in order for each entity. */
  interface Listener {
    /** Takes an event and where it stands now. */
    void written(DemoEvent event, Coordinates coordinates);
  }

  /**
   * Makes a replay that has not begun.
   *
   * @param perSecond events a second, asked before each; infinite: as fast as the source goes
   */
  Replay(
      EventSource source,
      KafkaSettings settings,
      String topic,
      DoubleSupplier perSecond,
      Listener listener) {
    this.source = source;
    this.topic = topic;
    this.perSecond = perSecond;
    this.listener = listener;
    this.producer =
        new KafkaProducer<>(
            settings.producer("eddy-demo-replay"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.thread.setDaemon(true);
  }

  /** Begins. */
  void start() {
    thread.start();
  }

  /** Returns how many events the broker has acknowledged. */
  long written() {
    return written.get();
  }

  /** Returns how many of them were cut off on purpose. */
  long unreadable() {
    return unreadable.get();
  }

  /** Returns whether the source has ended and everything is written. */
  boolean isDone() {
    return done.getCount() == 0;
  }

  private void run() {
    try {
      Pace pace = new Pace(perSecond);
      for (DemoEvent event = source.next(); event != null && !closing; event = source.next()) {
        send(event);
        pace.await();
      }
      producer.flush();
      done.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() asked for it
    } catch (RuntimeException e) {
      if (!closing) {
        log.atError().setCause(e).log("replay ended");
      }
    }
  }

  private void send(DemoEvent event) {
    byte[] key = event.host().getBytes(StandardCharsets.UTF_8);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, key, event.value()),
            (metadata, exception) ->
                acknowledged(event, metadata.partition(), metadata.offset(), exception));
  }

  private void acknowledged(
      DemoEvent event, int partition, long offset, @Nullable Exception exception) {
    if (exception != null) {
      if (!closing) {
        log.atError().setCause(exception).log("event was not written");
      }
      return;
    }
    listener.written(event, new Coordinates(topic, partition, offset));
    if (!event.readable()) {
      unreadable.incrementAndGet();
    }
    written.incrementAndGet();
  }

  /** Stops at once; what was not sent yet is not sent. Calling it again does nothing. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ZERO);
  }
}

package dev.eddy.cli.demo;

import dev.eddy.cli.shell.Lifetime;
import dev.eddy.cli.topic.TopicReader;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.Alert;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the system with events, plays the people around it, and watches its topics as any consumer
 * would.
 */
final class Demo {
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration TO_SCORE = Duration.ofMinutes(2);
  private static final Duration BRIEFLY = Duration.ofMillis(500);

  /**
   * In real time a training takes no time to speak of: a few seconds, of fifteen events each. The
   * replay is some twenty times faster, so it slows down while the trainer trains. Otherwise models
   * would serve long after the moment they were made for, and the more so the slower the machine.
   */
  private static final double PACE_WHILE_TRAINING = 1.0 / 8;

  private static final int ENOUGH_VERSIONS = 2;

  private final DemoSystem system;
  private final Display display;
  private final Lifetime lifetime;
  private final SchemaJson<Alert> alertJson = SchemaJson.of(Alert.class);
  private final GroundTruth truth = new GroundTruth();
  private final AlertLedger ledger = new AlertLedger(truth);
  private final Tally tally;
  private final Topics topics;
  private final OnCall onCall;
  private final SyntheticCustomer customer;
  private final BaselineBeside baseline;
  private final Replay replay;
  private final boolean knowsTruth;

  /**
   * Prepares a run.
   *
   * @param perSecond pace of the events
   */
  Demo(
      DemoSystem system,
      EventSource source,
      double perSecond,
      Display display,
      Lifetime lifetime,
      Clock clock) {
    this.system = system;
    this.knowsTruth = source.knowsTruth();
    this.display = display;
    this.lifetime = lifetime;
    this.topics = Topics.of(system.configuration().stream());
    KafkaSettings settings = KafkaSettings.of(system.configuration());
    this.onCall = own("on-call", new OnCall(settings, topics.labels(), truth, clock));
    this.customer =
        own("customer", new SyntheticCustomer(settings, topics.augmentationRequests(), clock));
    this.baseline = own("baseline", new BaselineBeside(system.configuration().stream()));
    this.tally = new Tally(truth, ledger, baseline, system);
    this.replay =
        own(
            "replay",
            new Replay(source, settings, topics.source(), () -> pace(perSecond), this::written));
    own(
        "reader",
        TopicReader.start(
            settings,
            "eddy-demo-reader",
            List.of(
                topics.scores(),
                topics.alerts(),
                topics.deadLetters(),
                topics.synthetic(),
                topics.syntheticRejected()),
            TopicReader.From.BEGINNING,
            this::read));
    system.registry().onChampion(this::promoted);
  }

  private <T extends AutoCloseable> T own(String name, T part) {
    return lifetime.own(name, part, BRIEFLY);
  }

  /**
   * Runs the events through.
   *
   * @param patience how long to wait, after the last score, for the loop to have gone round
   * @param exit whether to return then; otherwise at the signal to stop
   * @return what came of it; empty when it was told to stop before everything was through
   */
  Optional<DemoReport> run(Duration patience, boolean exit) throws InterruptedException {
    replay.start();
    boolean through =
        until(null, replay::isDone)
            && until(TO_SCORE, this::isScored)
            && until(patience, this::hasGoneRound);
    if (through && !exit) {
      display.happened("Everything is through. The console stays up until Ctrl-C.");
      through = until(null, () -> false);
    }
    return lifetime.isEnding() ? Optional.empty() : Optional.of(report());
  }

  /** Returns false only when the process is told to stop; a limit that passes is not an error. */
  private boolean until(@Nullable Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (limit != null && System.nanoTime() - start > limit.toNanos()) {
        return true;
      }
      if (lifetime.sleep(TICK)) {
        return false;
      }
      customer.look(system.registry().versions(), serving());
      display.standing(Lines.standing(snapshot()));
    }
    return true;
  }

  private double pace(double perSecond) {
    return system.trainer().status().training() ? perSecond * PACE_WHILE_TRAINING : perSecond;
  }

  private String serving() {
    return system.streamApp().status().model().version();
  }

  private boolean isScored() {
    return tally.scored() + tally.deadLetters() >= replay.written() && baseline.isDone();
  }

  /** Everything that the events can bring about has been brought about. */
  private boolean hasGoneRound() {
    Optional<ModelVersion> champion = system.registry().champion();
    return system.registry().versions().size() >= ENOUGH_VERSIONS
        && champion.map(ModelVersion::value).filter(serving()::equals).isPresent()
        && !system.trainer().status().training()
        && customer.published() > 0
        && customer.isAnswered();
  }

  private void written(DemoEvent event, Coordinates coordinates) {
    tally.written();
    if (knowsTruth) {
      truth.written(event, coordinates).ifPresent(onCall::ended);
      baseline.add(event, coordinates);
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> consumed) {
    String topic = consumed.topic();
    if (topic.equals(topics.scores())) {
      tally.score(consumed);
    } else if (topic.equals(topics.deadLetters())) {
      tally.deadLetter();
    } else if (topic.equals(topics.synthetic())) {
      customer.received(consumed);
    } else if (topic.equals(topics.syntheticRejected())) {
      customer.refused(consumed).forEach(display::happened);
    } else {
      alerted(alertJson.read(consumed.value()));
    }
  }

  private void alerted(Alert alert) {
    ledger.add(alert);
    String fault = null;
    if (truth.knows(alert.getPartition(), alert.getOffset())) {
      Optional<Episode> found = truth.episode(alert.getPartition(), alert.getOffset());
      onCall.alerted(alert, found);
      fault = found.map(Episode::fault).orElse("no fault");
    }
    Lines.alert(alert, fault).forEach(display::happened);
  }

  private void promoted(ModelVersion version) {
    display.happened(Lines.promoted(version, system.registry().versions()));
  }

  private Snapshot snapshot() {
    return tally.snapshot(replay.unreadable(), onCall.labels(), customer.published());
  }

  private DemoReport report() {
    return tally.report(snapshot());
  }
}

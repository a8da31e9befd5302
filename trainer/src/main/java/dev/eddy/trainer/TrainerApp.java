package dev.eddy.trainer;

import static java.util.Objects.requireNonNull;

import dev.eddy.augmentation.GeneratorSettings;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.LeaderElection;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.kafka.Topics;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingListener;
import dev.eddy.schema.DriftReport;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.trainer.collection.KnownLabel;
import dev.eddy.trainer.feed.FeedListener;
import dev.eddy.trainer.feed.TopicFeed;
import dev.eddy.trainer.gate.PromotionGate;
import dev.eddy.trainer.training.EnsembleLearner;
import dev.eddy.trainer.training.LearningCurves;
import dev.eddy.trainer.training.TrainingOutcome;
import dev.eddy.trainer.training.TrainingRun;
import dev.eddy.trainer.training.TrainingSchedule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer as one object: reads, collects, trains, gates, publishes and promotes. Of several
 * trainers of a stream one is elected; the others read along and take its place when it is gone.
 * Either {@link #start} it or let it {@link #trainOnce}, and close it in the end.
 */
public final class TrainerApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerApp.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final EddyConfiguration configuration;
  private final StreamDefinition definition;
  private final KafkaSettings kafka;
  private final ModelDevice device;
  private final Clock clock;
  private final MeterRegistry meters;
  private final TrainerMetrics metrics;
  private @Nullable TopicModelRegistry registry;
  private @Nullable LeaderElection election;
  private volatile Consumer<TrainingOutcome> listener = outcome -> {};
  private volatile @Nullable TrainerLoop loop;
  private @Nullable Thread reader;
  private boolean closed;

  /** Makes a trainer that does not run yet. */
  public TrainerApp(EddyConfiguration configuration, Clock clock, MeterRegistry meters) {
    this.configuration = requireNonNull(configuration, "configuration");
    this.definition = configuration.stream();
    this.kafka = KafkaSettings.of(configuration);
    this.device = new ModelDevice(configuration.scoring().device());
    this.clock = requireNonNull(clock, "clock");
    this.meters = requireNonNull(meters, "meters");
    this.metrics = new TrainerMetrics(meters);
  }

  /** Lets a listener hear of each training that came to an end, on the training's own thread. */
  public void onTrained(Consumer<TrainingOutcome> next) {
    listener = requireNonNull(next, "next");
  }

  /**
   * Creates missing topics, reads the registry and starts to work in the background.
   *
   * @throws dev.eddy.kafka.TopicException if a topic cannot be used
   */
  public void start() {
    TrainerLoop opened = open();
    synchronized (this) {
      reader = new Thread(opened::follow, "eddy-trainer-reader");
      reader.setDaemon(true);
      reader.start();
    }
  }

  /**
   * Trains once on what the source topic holds now, publishes, and returns.
   *
   * @return whether there was enough to train on
   * @throws dev.eddy.kafka.TopicException if a topic cannot be used
   */
  public boolean trainOnce() {
    return open().trainOnce(definition.training().minimumRecords());
  }

  private synchronized TrainerLoop open() {
    if (closed || loop != null) {
      throw new IllegalStateException("trainer must be started once, and not after its end");
    }
    LOG.atInfo().addKeyValue("stream", definition.name()).addKeyValue("kafka", kafka).log("starts");
    new TopicCreator(kafka).createMissing(definition);
    var models = TopicModelRegistry.of(configuration, clock);
    registry = models;
    models.start();
    var champion = new ChampionWatch(definition, models);
    var curves = new LearningCurves();
    EnsembleLearner learner = learner(metrics.during(curves));
    var drift =
        new DriftWatch(
            definition, models, learner, champion, metrics, models.lead()::isHeld, clock);
    var newLabels = new NewLabels();
    champion.lastTraining().ifPresent(newLabels::seenTo);
    var opened =
        new TrainerLoop(
            TopicFeed.connect(definition, kafka, new Listener(newLabels, drift), clock, meters),
            new TrainingRun(
                definition,
                learner,
                new PromotionGate(definition, definition.training().seed()),
                curves,
                models,
                clock,
                codeVersion()),
            new TrainingSchedule(
                definition.training(), clock, champion.trainings(), champion.trainedAt()),
            newLabels,
            champion,
            drift,
            curves,
            metrics,
            System::nanoTime,
            models.lead()::isHeld,
            outcome -> listener.accept(outcome));
    loop = opened;
    LeaderElection candidate =
        LeaderElection.of(
            kafka, Topics.of(definition).models(), definition.name() + ".trainer", models.lead());
    candidate.start();
    election = candidate;
    return opened;
  }

  private EnsembleLearner learner(TrainingListener progress) {
    return new EnsembleLearner(
        definition,
        device,
        new DetectionTrainer(definition.detection(), metrics, progress),
        new GeneratorTrainer(GeneratorSettings.of(definition.augmentation().generation())),
        metrics,
        progress);
  }

  private static String codeVersion() {
    String version = TrainerApp.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Hands on what the feed meets beside records. */
  private final class Listener implements FeedListener {
    private final NewLabels newLabels;
    private final DriftWatch drift;

    Listener(NewLabels newLabels, DriftWatch drift) {
      this.newLabels = newLabels;
      this.drift = drift;
    }

    @Override
    public void label(KnownLabel label, boolean old) {
      newLabels.add(old ? Instant.ofEpochMilli(label.timestamp()) : clock.instant());
    }

    @Override
    public void reported(DriftReport report) {
      drift.reported(report);
    }

    @Override
    public void synthetic() {
      metrics.synthetic();
    }

    @Override
    public void unreadableLabel(RuntimeException reason) {
      metrics.unreadableLabel();
      LOG.atWarn().addKeyValue("reason", reason.getMessage()).log("passed over a label");
    }
  }

  /** Returns where it stands. Safe to call from any thread at any time. */
  public TrainerStatus status() {
    TrainerLoop running = loop;
    return running == null ? TrainerStatus.NOTHING : running.status();
  }

  /** Returns how the training that runs, or ran last, gets on. From any thread at any time. */
  public List<LearningCurves.Point> curves() {
    TrainerLoop running = loop;
    return running == null ? List.of() : running.curves();
  }

  /** Returns whether it still works. Safe to call from any thread at any time. */
  public TrainerHealth health() {
    TrainerLoop running = loop;
    return running == null ? new TrainerHealth(true, "not started") : running.health();
  }

  /**
   * Asks for a training as soon as none runs, whatever schedule and budget say. Only the trainer
   * that leads takes it: another one would train when it is elected, days later perhaps. Safe to
   * call from any thread.
   *
   * @param who for people
   */
  public TrainingRequest requestTraining(String who) {
    TrainerLoop running = loop;
    if (running == null || !running.health().live()) {
      return TrainingRequest.NOT_READING;
    }
    return running.request(who) ? TrainingRequest.ASKED : TrainingRequest.NOT_LEADING;
  }

  /** Stops within 5 seconds, whatever is running. Calling it again does nothing. */
  @Override
  public void close() {
    Thread waitFor;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waitFor = reader;
    }
    TrainerLoop running = loop;
    if (running != null) {
      running.close();
    }
    if (waitFor != null) {
      try {
        waitFor.join(PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    LeaderElection candidate = election;
    if (candidate != null) {
      candidate.close();
    }
    TopicModelRegistry models = registry;
    if (models != null) {
      models.close();
    }
  }
}

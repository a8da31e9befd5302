package dev.eddy.stream;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.LabelWriter;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.kafka.Topics;
import dev.eddy.model.ModelDevice;
import dev.eddy.scoring.CalibrationWatch;
import dev.eddy.stream.alert.AlertThreshold;
import dev.eddy.stream.console.AlertLog;
import dev.eddy.stream.console.ConsoleServer;
import dev.eddy.stream.console.EntityExplainer;
import dev.eddy.stream.console.LabelRoute;
import dev.eddy.stream.console.RecentScores;
import dev.eddy.stream.console.RequestDesk;
import dev.eddy.stream.console.RequestLog;
import dev.eddy.stream.console.TopicTail;
import dev.eddy.stream.metrics.PlatformMetrics;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.ChampionFeed;
import dev.eddy.stream.model.RegistryModelLoader;
import dev.eddy.stream.model.Shadow;
import dev.eddy.stream.model.ShadowFeed;
import dev.eddy.stream.topology.EntityCount;
import dev.eddy.stream.topology.ScoringTopology;
import dev.eddy.stream.topology.TopologyParts;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream-app: scores one stream, raises its alerts, answers augmentation requests, and serves
 * console, metrics and health. Everything that it needs of other processes it reads from topics.
 */
public final class StreamApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamApp.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final EddyConfiguration configuration;
  private final Clock clock;
  private final PrometheusMeterRegistry meters;
  private final ObjectMapper json = new ObjectMapper();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private @Nullable StatusBoard board;
  private @Nullable ConsoleServer console;

  /** Makes an app that has not started. The meter registry stays the caller's to close. */
  public StreamApp(EddyConfiguration configuration, Clock clock, PrometheusMeterRegistry meters) {
    this.configuration = requireNonNull(configuration, "configuration");
    this.clock = requireNonNull(clock, "clock");
    this.meters = requireNonNull(meters, "meters");
    PlatformMetrics.filter(meters);
  }

  /**
   * Creates missing topics, reads the registry, and starts to score. Returns when the HTTP port
   * answers; records are scored as soon as Kafka has assigned partitions.
   *
   * @throws dev.eddy.kafka.TopicException if the source topic is missing or the broker refuses
   */
  public synchronized void start() {
    if (board != null) {
      throw new IllegalStateException("stream-app must be started once");
    }
    try {
      open();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open() {
    StreamDefinition definition = configuration.stream();
    KafkaSettings kafka = KafkaSettings.of(configuration);
    Topics topics = Topics.of(definition);
    new TopicCreator(kafka).createMissing(definition);
    StreamMetrics metrics = closing(new StreamMetrics(meters, clock));
    var registry = closing(TopicModelRegistry.of(configuration, clock));
    registry.start();
    RegistryModelLoader loader = loader(definition, registry, metrics);
    ChampionFeed champions = closing(new ChampionFeed(registry, loader, metrics));
    champions.start();
    ShadowFeed shadows = closing(new ShadowFeed(registry, loader));
    shadows.start();
    var threshold = new AlertThreshold(definition.alerts());
    threshold.partitions(SourcePartitions.count(kafka, topics.source()));
    var entities = new EntityCount();
    var scores = new RecentScores(clock);
    var calibration = new CalibrationWatch();
    var watched = new WatchedCalibration(calibration, champions);
    EntityExplainer explainer = closing(new EntityExplainer(champions));
    board =
        new StatusBoard(
            definition.name(),
            clock,
            metrics,
            champions,
            new Candidates(registry::waiting, shadows.figures()),
            threshold,
            entities,
            calibration);
    KafkaStreams streams =
        streams(
            board,
            new TopologyParts(
                definition,
                topics,
                configuration.scoring().batchSize(),
                configuration.scoring().deadline(),
                configuration.scoring().baseline(),
                champions,
                new Shadow(shadows, shadows.figures()),
                champions::refuse,
                threshold,
                entities,
                (observation, score) -> {
                  scores.scored(observation, score);
                  watched.scored(observation, score);
                  explainer.scored(observation, score);
                },
                metrics,
                clock));
    closing(new PlatformMetrics(meters, streams));
    openConsole(kafka, topics, board, scores, explainer, streams);
    streams.start();
    tick(board);
  }

  private RegistryModelLoader loader(
      StreamDefinition definition, TopicModelRegistry registry, StreamMetrics metrics) {
    return new RegistryModelLoader(
        definition,
        registry,
        new ModelDevice(configuration.scoring().device()),
        metrics,
        configuration.scoring().batchSize(),
        clock);
  }

  private KafkaStreams streams(StatusBoard status, TopologyParts parts) {
    var streams = new KafkaStreams(ScoringTopology.build(parts), StreamsSettings.of(configuration));
    streams.setUncaughtExceptionHandler(new TaskFailures(status::failed, clock));
    opened.push(
        () -> {
          boolean inTime =
              streams.close(
                  CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                      .withTimeout(CLOSE_TIMEOUT));
          if (!inTime) {
            LOG.atWarn().log("Kafka Streams did not stop in time; what is open is not committed");
          }
        });
    return streams;
  }

  private void openConsole(
      KafkaSettings kafka,
      Topics topics,
      StatusBoard status,
      RecentScores scores,
      EntityExplainer explainer,
      KafkaStreams streams) {
    var alerts = new AlertLog(json);
    closing(
            new TopicTail(
                kafka,
                "eddy-alerts-" + topics.alerts(),
                List.of(topics.alerts()),
                AlertLog.CAPACITY,
                record -> alerts.add(record.value())))
        .start();
    var requests = new RequestLog(topics);
    closing(
            new TopicTail(
                kafka,
                "eddy-requests-" + topics.augmentationRequests(),
                RequestLog.topicsOf(topics),
                RequestLog.BACK,
                requests::add))
        .start();
    var desk = closing(new RequestDesk(kafka, topics.augmentationRequests(), clock));
    LabelWriter labels = closing(new LabelWriter(kafka, topics.labels()));
    console =
        closing(
            new ConsoleServer(
                configuration.http(),
                new ConsoleServer.Sources(
                    status::status,
                    () -> isLive(streams.state()),
                    alerts,
                    scores,
                    explainer,
                    requests,
                    desk,
                    new LabelRoute(topics.source(), labels::write, json, clock),
                    meters,
                    json)));
    console.start();
    LOG.atInfo().addKeyValue("address", console.address()).log("console answers");
  }

  private static boolean isLive(KafkaStreams.State state) {
    return state != KafkaStreams.State.ERROR && state != KafkaStreams.State.PENDING_ERROR;
  }

  private void tick(StatusBoard status) {
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "eddy-status");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> ticking = ticker.scheduleAtFixedRate(status::tick, 0, 1, TimeUnit.SECONDS);
    opened.push(
        () -> {
          ticking.cancel(true);
          ticker.shutdownNow();
        });
  }

  private <T extends AutoCloseable> T closing(T part) {
    opened.push(part);
    return part;
  }

  /** Returns what the app has done and how it is; only after {@link #start()}. */
  public StreamStatus status() {
    return requireNonNull(board, "stream-app has not started").status();
  }

  /** Returns where console, metrics and health answer; only after {@link #start()}. */
  public URI address() {
    return requireNonNull(console, "stream-app has not started").address();
  }

  /** Commits what was read, and stops within 5 seconds. Calling it again does nothing. */
  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) { // one part that fails must not keep the others open
        LOG.atWarn().setCause(e).log("part did not close");
      }
    }
  }
}

package dev.eddy.benchmarks.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.cli.broker.EmbeddedBroker;
import dev.eddy.cli.replay.AlertReplay;
import dev.eddy.cli.shell.Pace;
import dev.eddy.cli.topic.TopicReader;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Sample;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.kafka.Topics;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.TrainedModel;
import dev.eddy.schema.Alert;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.stream.StreamApp;
import dev.eddy.stream.metrics.PlatformMetrics;
import dev.eddy.trainer.TrainerApp;
import dev.eddy.trainer.training.TrainingOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Runs broker, stream-app, trainer, the world and its labeller in one process, and measures. */
final class LoopRun implements AutoCloseable {
  /**
   * A champion may be worse than the best before it by this much, on records of the same moment.
   */
  static final double TOLERATED_DROP = 0.02;

  /** The run stands for a month, and its training set reaches back a week. */
  private static final int DAYS = 30;

  private static final int DAYS_OF_WINDOW = 7;
  private static final double LABEL_DELAY = 0.04;
  private static final double HANDED_IN = 0.78;
  private static final double CORRUPTED = 0.9;
  private static final int REPLAYED_ALERTS = 5;
  private static final Duration FIRST_MODEL = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Duration length;
  private final double rate;
  private final long seed;
  private final PrintWriter progress;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final LoopReport report = new LoopReport();
  private final MeterRegistry trainerMeters = new SimpleMeterRegistry();
  private final Story story;
  private final Map<ModelVersion, DetectionModel> champions = new LinkedHashMap<>();
  private final Deque<ModelVersion> served = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<ModelVersion> changes = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Alert> alerts = new ConcurrentLinkedQueue<>();
  private final Set<Long> poison = ConcurrentHashMap.newKeySet();
  private final AtomicLong startMillis = new AtomicLong();
  private final EddyConfiguration configuration;
  private final StreamDefinition definition;
  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicModelRegistry registry;
  private final StreamApp streamApp;
  private final TrainerApp trainer;
  private final Labeller labeller;
  private final BadCandidate bad;
  private final Deque<World.Turn> turns = new ArrayDeque<>(List.of(World.Turn.values()));
  private @Nullable DetectionModel champion;
  private @Nullable CompletableFuture<TrainingOutcome> handedIn;
  private boolean wasTraining;
  private boolean offered;
  private double rollbackSeconds = Double.NaN;

  LoopRun(Duration length, double rate, long seed, Path state, PrintWriter progress) {
    this.length = length;
    this.rate = rate;
    this.seed = seed;
    this.progress = progress;
    EmbeddedBroker broker = own(EmbeddedBroker.start());
    this.configuration =
        DefinitionReader.parse("bench", yaml(length, seed, broker.bootstrapServers(), state));
    this.definition = configuration.stream();
    KafkaSettings kafka = KafkaSettings.of(configuration);
    Topics topics = Topics.of(definition);
    var creator = new TopicCreator(kafka);
    creator.createSource(definition, 1);
    creator.createMissing(definition);
    this.producer =
        own(
            new KafkaProducer<>(
                kafka.producer("bench-loop"),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
    this.labeller =
        new Labeller(
            topics.source(),
            topics.labels(),
            producer,
            Math.round(LABEL_DELAY * length.toMillis()),
            seed + 1);
    this.bad = new BadCandidate(definition);
    this.story = new Story(startMillis::get);
    own(
        TopicReader.start(
            kafka,
            "bench-loop-models",
            List.of(topics.models()),
            TopicReader.From.BEGINNING,
            story::read));
    this.registry = own(TopicModelRegistry.of(configuration, Clock.systemUTC()));
    registry.start();
    registry.onChampion(changes::add);
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    PlatformMetrics.filter(meters);
    this.streamApp = own(new StreamApp(configuration, Clock.systemUTC(), meters));
    this.trainer = own(new TrainerApp(configuration, Clock.systemUTC(), trainerMeters));
    trainer.onTrained(this::trained);
    SchemaJson<Alert> json = SchemaJson.of(Alert.class);
    own(
        TopicReader.start(
            kafka,
            "bench-loop-alerts",
            List.of(topics.alerts()),
            TopicReader.From.BEGINNING,
            record -> alerts.add(json.read(record.value()))));
  }

  private static String yaml(Duration length, long seed, String servers, Path state) {
    return """
        stream: loop
        source: {topic: loop-events, format: json, entity: host, timestamp: ts}
        features: [cpu, memory, in, out, latency, errors]
        alerts: {budget: 20 per hour, cooldown: 10s}
        detection: {trainingBudget: %ds}
        augmentation: {generator: copula}
        training:
          every: %ds
          window: %ds
          minimumRecords: 1500
          maximumRecords: 5000
          minimumLabels: 100
          budget: 10000 per day
          seed: %d
          drift: {window: %ds}
        scoring: {device: cpu, stateDirectory: "%s"}
        http: {port: 0}
        kafka: {bootstrap.servers: "%s"}
        """
        .formatted(
            Math.max(2, length.toSeconds() / 60),
            Math.max(15, length.toSeconds() / 20),
            length.multipliedBy(DAYS_OF_WINDOW).dividedBy(DAYS).toSeconds(),
            seed,
            Math.max(5, length.toSeconds() / 30),
            state,
            servers);
  }

  private <T extends AutoCloseable> T own(T part) {
    opened.push(part);
    return part;
  }

  /** Runs to the end, and returns the figures. */
  Map<String, Object> run() throws InterruptedException {
    trainer.start();
    streamApp.start();
    feed();
    finish();
    Map<String, Object> figures = new LinkedHashMap<>(report.figures());
    figures.put("labels", labeller.sent());
    figures.put("labelsLost", labelsLost());
    figures.put("rollbackSeconds", rollbackSeconds);
    replayAlerts(figures);
    figures.put("heapMegabytes", usedMegabytes());
    figures.put("story", story.entries());
    return figures;
  }

  private static long usedMegabytes() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private void feed() throws InterruptedException {
    World world = new World(seed);
    Pace pace = new Pace(() -> rate);
    long begin = System.currentTimeMillis();
    for (long offset = 0; passed() < 1; offset++) {
      long now = System.currentTimeMillis();
      if (champions.isEmpty() && now - begin > FIRST_MODEL.toMillis()) {
        throw new IllegalStateException(
            "first model must serve within %s, but does not".formatted(FIRST_MODEL));
      }
      World.Line line = world.next(passed(), now);
      if (line.poisonous()) {
        poison.add(offset);
      }
      var unused =
          producer.send(
              new ProducerRecord<>(
                  definition.source().topic(),
                  0,
                  now,
                  line.host().getBytes(UTF_8),
                  line.json().getBytes(UTF_8)));
      labeller.saw(line, offset, now);
      bad.saw(line, offset, now);
      labeller.label(now);
      follow();
      tellTurns();
      handIn();
      if (!offered && passed() > CORRUPTED && !served.isEmpty()) {
        offered = true;
        offerCorrupted();
      }
      pace.await();
    }
  }

  /** The run begins with the first champion: a slow machine has as many trainings ahead of it. */
  private double passed() {
    return startMillis.get() == 0
        ? 0
        : (System.currentTimeMillis() - startMillis.get()) / (double) length.toMillis();
  }

  /** Measures each new champion on records of this moment, with all champions before it. */
  private void follow() {
    for (ModelVersion next = changes.poll(); next != null; next = changes.poll()) {
      if (next.equals(CorruptedVersion.VERSION) || served.contains(next)) {
        continue;
      }
      TrainedModel loaded = TrainedModel.fromArtifact(definition, registry.load(next));
      if (isMeasured(loaded)) {
        report.promotedAgain();
        served.push(next);
        story.tell("serves", next.value(), loaded.manifest().notes().get(0));
        continue;
      }
      DetectionModel model = loaded.detection();
      double passed = Math.min(1, passed());
      Probe probe = Probe.of(definition, passed, records(), seed + 1_000 + champions.size());
      Collection<DetectionModel> earlier = champions.values();
      Drop all = Drop.of(probe, World.kinds(passed), model, champion, earlier);
      Drop labelled = Drop.of(probe, labelledKinds(loaded.manifest()), model, champion, earlier);
      champions.put(next, model);
      champion = model;
      startMillis.compareAndSet(0, System.currentTimeMillis());
      served.push(next);
      report.promoted(all, labelled);
      String detail = "AUPRC %.3f on records of this moment".formatted(all.auprc());
      story.tell(
          "serves",
          next.value(),
          champions.size() == 1
              ? detail
              : "%s, best before %.3f; of labelled kinds %.3f, replaced %.3f, best before %.3f"
                  .formatted(
                      detail, all.best(), labelled.auprc(), labelled.replaced(), labelled.best()));
      progress.printf("%3.0f %%  %s serves, %s%n", 100 * passed, next, detail);
    }
  }

  private double records() {
    return rate * length.toMillis() / 1_000;
  }

  /** The kinds of anomalies of which a version had a label when it was trained. */
  private static Set<String> labelledKinds(Manifest manifest) {
    return World.kinds(1).stream()
        .filter(kind -> manifest.trainedOn().containsKey("class " + kind))
        .collect(Collectors.toSet());
  }

  /** A detector that comes again, with the generator that took longer. */
  private boolean isMeasured(TrainedModel loaded) {
    ModelVersion parent = loaded.manifest().parent();
    return parent != null
        && champions.containsKey(parent)
        && loaded.manifest().notes().get(0).startsWith("the detector of " + parent);
  }

  /** On the training's thread. */
  private void trained(TrainingOutcome outcome) {
    if (!outcome.verdict().promote()) {
      report.rejected();
      return;
    }
    long accepted =
        outcome.screened().samples().stream()
            .filter(sample -> sample.truth() != Sample.Truth.ANOMALOUS)
            .filter(sample -> poison.contains(sample.observation().event().coordinates().offset()))
            .count();
    report.poison(poison.size(), accepted);
    if (accepted > 0) {
      String detail = "learned %d records of the flood as ordinary".formatted(accepted);
      story.tell("POISON", outcome.version().value(), detail);
    }
  }

  private void tellTurns() {
    World.Turn next = turns.peek();
    if (next != null && passed() >= next.at()) {
      turns.remove();
      story.tell("world", "", next.text());
    }
  }

  /** Right after a training, so that the trainer begins no other one meanwhile. */
  private void handIn() {
    boolean trains = trainer.status().training();
    if (handedIn == null && passed() > HANDED_IN && wasTraining && !trains) {
      handedIn = CompletableFuture.supplyAsync(bad.handIn(registry));
    }
    wasTraining = trains;
  }

  private void judgeHandedIn() {
    CompletableFuture<TrainingOutcome> judged = handedIn;
    TrainingOutcome outcome = judged == null ? bad.handIn(registry).get() : judged.join();
    if (outcome.verdict().promote()) {
      report.bad();
    } else {
      report.rejected();
    }
  }

  /** Whoever writes a corrupted version and promotes it must not make it serve. */
  private void offerCorrupted() throws InterruptedException {
    ModelVersion sound = served.getFirst();
    String models = Topics.of(definition).models();
    CorruptedVersion.write(producer, models, registry.load(sound));
    while (registry.versions().stream()
        .noneMatch(manifest -> manifest.version().equals(CorruptedVersion.VERSION))) {
      Thread.sleep(20);
    }
    registry.promote(CorruptedVersion.VERSION, "it says that its AUPRC is 1", "bench");
    awaitReadiness("DEGRADED");
    if (streamApp.status().model().version().equals(CorruptedVersion.VERSION.value())) {
      report.bad();
      story.tell("BAD", CorruptedVersion.VERSION.value(), "serves, and must not");
    } else {
      report.rejected();
      story.tell(
          "refused",
          CorruptedVersion.VERSION.value(),
          "by the stream-app: " + streamApp.status().readiness().reason());
    }
    long start = System.nanoTime();
    registry.promote(sound, "rolled back", "bench");
    awaitReadiness("LIVE");
    rollbackSeconds = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
  }

  private void awaitReadiness(String state) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!streamApp.status().readiness().state().name().equals(state)
        && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
  }

  private void finish() throws InterruptedException {
    producer.flush();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while ((labelsLost() > 0 || trainer.status().training()) && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
    judgeHandedIn();
    follow();
    if (!champions.isEmpty()) {
      Probe end = Probe.of(definition, 1, records(), seed + 999);
      List<DetectionModel> models = new ArrayList<>(champions.values());
      Set<String> all = World.kinds(1);
      report.compared(end.auprc(models.get(0), all), end.auprc(models.get(models.size() - 1), all));
    }
  }

  /** Labels that the trainer does not know, and those whose record it found nowhere any more. */
  private long labelsLost() {
    long known = trainer.status().labels().values().stream().mapToLong(Long::longValue).sum();
    double gone = trainerMeters.get("eddy.trainer.labels.gone").functionCounter().count();
    return labeller.sent() - known + Math.round(gone);
  }

  /** Computes the scores of the last alerts again. */
  private void replayAlerts(Map<String, Object> figures) {
    List<Alert> last =
        alerts.stream()
            .filter(alert -> !alert.getModelVersion().equals(ModelVersion.BASELINE.value()))
            .toList();
    int tried = 0;
    int equal = 0;
    for (Alert alert : last.subList(Math.max(0, last.size() - REPLAYED_ALERTS), last.size())) {
      tried++;
      equal += AlertReplay.run(configuration, alert.getId(), 0).equal() ? 1 : 0;
    }
    figures.put("alerts", alerts.size());
    figures.put("alertsReplayed", tried);
    figures.put("alertsBitEqual", equal);
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        progress.printf("%s did not close: %s%n", part.getClass().getSimpleName(), e);
      }
    }
  }
}

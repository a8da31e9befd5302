package dev.eddy.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cli.broker.BrokerRecords;
import dev.eddy.cli.broker.EmbeddedBroker;
import dev.eddy.cli.replay.ReplayCommand;
import dev.eddy.cli.shell.Failures;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.Detection;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition.Gate.Promotion;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.EntityContexts;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.kafka.TopicModelRegistry;
import dev.eddy.kafka.Topics;
import dev.eddy.model.ModelDevice;
import dev.eddy.registry.ArtifactFixture;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.registry.ModelVersion;
import dev.eddy.registry.TrainedModel;
import dev.eddy.schema.Alert;
import dev.eddy.schema.ModelVerdict;
import dev.eddy.schema.Severity;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.scoring.DetectionTrainer;
import dev.eddy.scoring.ScoredBatch;
import dev.eddy.scoring.Scorer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of a person who looks after models, one after the other, against a real broker. */
class ModelsOnBrokerTest {
  private static final int RECORDS = 900;
  private static final int FIRST_ODD = 700;

  @TempDir Path folder;

  private EmbeddedBroker broker;
  private Path file;
  private EddyConfiguration configuration;
  private Topics topics;
  private final List<Observation> observations = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start();
    file = folder.resolve("stream.yaml");
    Files.writeString(
        file,
        """
        stream: looked-after
        source: {topic: readings, entity: host}
        features: [load, heat]
        alerts: {cooldown: 1s}
        training: {promotion: approval}
        scoring: {device: cpu, batchSize: 64, baseline: false}
        kafka: {bootstrap.servers: "%s"}
        """
            .formatted(broker.bootstrapServers()));
    configuration = DefinitionReader.read(file);
    topics = Topics.of(configuration.stream());
    var creator = new TopicCreator(KafkaSettings.of(configuration));
    creator.createSource(configuration.stream(), 1);
    creator.createMissing(configuration.stream());
    BrokerRecords.write(configuration, records());
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void letsAPersonLookCompareApproveAndGoBack() throws Exception {
    publish(1, model(Detection.Part.HISTOGRAM));
    publish(2, model(Detection.Part.COVARIANCE));

    assertThat(models(0, "list")).contains("v000002  waiting").contains("seed 7");
    assertThat(models(0, "promote", "v000001")).contains("v000001 serves");
    assertThat(models(0, "promote", "v000002")).contains("v000002 serves");
    assertThat(models(0, "show", "v000002"))
        .contains("champion")
        .contains("it won")
        .contains("readings-0");
    assertThat(models(0, "diff", "v000001", "v000002", "--last", "1h", "--json"))
        .contains("\"records\" : " + RECORDS)
        .contains("readings-0-" + FIRST_ODD);
    assertThat(models(0, "shadow", "v000001")).contains("v000001 is the shadow");
    assertThat(models(0, "list", "--json")).contains("\"shadow\" : \"v000001\"");
    assertThat(models(0, "shadow", "--off")).contains("no version is the shadow");
    assertThat(models(0, "rollback")).contains("v000001 serves");
    assertThat(models(1, "show", "v000009")).isEmpty();
    assertThat(models(2, "shadow")).isEmpty();
  }

  @Test
  void goesBackToAnotherModelAndNotToTheDetectorWithoutItsGenerator() {
    promoteWithGenerator(1);
    assertThat(models(1, "rollback")).isEmpty();

    promoteWithGenerator(3);
    assertThat(models(0, "rollback")).contains("v000002 serves");
    assertThat(models(0, "rollback")).contains("v000004 serves");
  }

  /** As a training does that makes a generator: the detector first, and again with it. */
  private void promoteWithGenerator(int number) {
    ModelArtifact detector = ArtifactFixture.artifact(ModelVersion.of(number), number);
    Clock clock = Clock.fixed(Instant.ofEpochMilli(5_000), ZoneOffset.UTC); // the fixture's days
    try (TopicModelRegistry registry = TopicModelRegistry.of(configuration, clock)) {
      registry.start();
      for (ModelArtifact artifact :
          List.of(detector, ArtifactFixture.withGenerator(ModelVersion.of(number + 1), detector))) {
        registry.publish(artifact);
        registry.promote(artifact.manifest().version(), "it won", "trainer");
      }
    }
  }

  @Test
  void computesAnAlertsScoreAgainAndSeesWhenItWasAnother() throws Exception {
    DetectionModel model = model(Detection.Part.VAE);
    publish(1, model);
    Alert alert = alert(model);
    Alert altered = alert(model);
    altered.setId("altered");
    altered.setScore(alert.getScore() + 1e-9);
    SchemaJson<Alert> json = SchemaJson.of(Alert.class);
    BrokerRecords.write(
        configuration,
        List.of(
            new ProducerRecord<>(topics.alerts(), json.write(alert)),
            new ProducerRecord<>(topics.alerts(), json.write(altered))));

    assertThat(
            execute(0, new ReplayCommand(), "--alert", alert.getId(), "--config", file.toString()))
        .containsPattern("bitEqual +true");
    assertThat(execute(1, new ReplayCommand(), "--alert", "altered", "--config", file.toString()))
        .containsPattern("bitEqual +false");
  }

  private String models(int status, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--config");
    all.add(file.toString());
    return execute(status, new ModelsCommand(), all.toArray(String[]::new));
  }

  private static String execute(int status, Object command, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int found =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(new Failures())
            .execute(arguments);
    assertThat(found).as("%s %s", List.of(arguments), err).isEqualTo(status);
    return out.toString();
  }

  /** Ordinary records, and at {@value #FIRST_ODD} some whose heat does not fit their load. */
  private List<ProducerRecord<byte[], byte[]>> records() {
    Random random = new Random(5);
    long start = System.currentTimeMillis() - 1_000L * RECORDS; // retention counts from here
    EventCodec codec = EventCodecs.of(configuration.stream());
    var contexts = new EntityContexts(ContextLayout.of(configuration.stream()), 10);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      double load = random.nextGaussian();
      double heat = 3 * load + 0.1 * random.nextGaussian();
      if (i >= FIRST_ODD && i < FIRST_ODD + 5) {
        heat = 60;
      }
      byte[] value =
          String.format(Locale.ROOT, "{\"host\":\"h\",\"load\":%.4f,\"heat\":%.4f}", load, heat)
              .getBytes(UTF_8);
      long at = start + 1_000L * i;
      records.add(new ProducerRecord<>(topics.source(), 0, at, null, value));
      var event = (Event) codec.decode(null, value, at, new Coordinates(topics.source(), 0, i));
      observations.add(contexts.observe(event));
    }
    return records;
  }

  private DetectionModel model(Detection.Part part) {
    List<Sample> samples =
        observations.subList(0, FIRST_ODD).stream()
            .map(observation -> new Sample(observation, Sample.Truth.UNKNOWN, null))
            .toList();
    Encoder encoder =
        Encoder.fit(configuration.stream(), samples.stream().map(Sample::observation).toList());
    return new DetectionTrainer(Detection.DEFAULT.withDetectors(Set.of(part)))
        .train(encoder, samples, 7, ModelDevice.CPU);
  }

  private void publish(int number, DetectionModel model) {
    ModelVersion version = ModelVersion.of(number);
    var manifest =
        new Manifest(
            version,
            configuration.stream().name(),
            "ensemble",
            System.currentTimeMillis(),
            null,
            configuration.stream().featureDigest(),
            "",
            new TreeMap<>(Map.of("auroc", 0.9)),
            new TreeMap<>(Map.of("readings-0", "offsets 0 to 699")),
            List.of(),
            List.of(),
            7,
            "test",
            new TreeMap<>());
    try (TopicModelRegistry registry = TopicModelRegistry.of(configuration, Clock.systemUTC())) {
      registry.start();
      registry.publish(
          TrainedModel.toArtifact(manifest, model, null),
          new ModelVerdict(
              version.value(), null, true, true, "it won", "1h", List.of(), Map.of(), 1L),
          Promotion.APPROVAL);
    }
  }

  /** As the stream-app would have written it: the record was the third of a batch of seven. */
  private Alert alert(DetectionModel model) {
    List<Observation> batch = observations.subList(FIRST_ODD - 2, FIRST_ODD + 5);
    try (Scorer scorer = model.open(ModelDevice.CPU)) {
      var rows = new FeatureMatrix(scorer.encoder().width(), batch.size());
      batch.forEach(observation -> scorer.encoder().encode(observation, rows));
      ScoredBatch scored = scorer.score(rows);
      Observation odd = batch.get(2);
      return Alert.newBuilder()
          .setId(odd.event().coordinates().toString())
          .setEntity("h")
          .setTimestamp(odd.event().timestampMillis())
          .setTopic(topics.source())
          .setPartition(0)
          .setOffset(FIRST_ODD)
          .setScore(scored.score(2))
          .setPValue(Math.exp(-scored.score(2)))
          .setThreshold(4.6)
          .setSeverity(Severity.WARNING)
          .setModelVersion("v000001")
          .setSummary("odd")
          .setReasons(List.of())
          .setDetectors(scored.detectors(2))
          .setContext(Arrays.stream(odd.context()).boxed().toList())
          .setBatchRows(batch.size())
          .setBatchRow(2)
          .build();
    }
  }
}

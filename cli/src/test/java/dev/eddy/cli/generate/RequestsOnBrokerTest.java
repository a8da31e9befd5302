package dev.eddy.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.broker.BrokerRecords;
import dev.eddy.cli.broker.EmbeddedBroker;
import dev.eddy.cli.shell.Failures;
import dev.eddy.definition.DefinitionReader;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.TopicCreator;
import dev.eddy.stream.StreamApp;
import dev.eddy.stream.metrics.PlatformMetrics;
import dev.eddy.trainer.TrainerApp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Requests for synthetic records, from a trained generator over a broker. */
class RequestsOnBrokerTest {
  private static final int RECORDS = 3_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Every third record leaks: its load is about 5, else about 0. */
  private static final double LEAK = 5;

  @TempDir static Path folder;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static EmbeddedBroker broker;
  private static Path file;
  private static StreamApp app;

  @BeforeAll
  static void serveAGenerator() throws IOException {
    broker = EmbeddedBroker.start();
    file =
        Files.writeString(
            folder.resolve("eddy.yaml"),
            """
            stream: hosts
            source: {topic: readings, entity: host, timestamp: ts}
            features: [load, memory]
            labels: {field: fault, normal: [none]}
            context: {enabled: false}
            detection: {detectors: [histogram, neighbours]}
            training: {minimumRecords: %d}
            augmentation: {generator: vae}
            scoring: {device: cpu, stateDirectory: "%s"}
            http: {port: 0}
            kafka: {bootstrap.servers: "%s"}
            """
                .formatted(RECORDS, folder.resolve("state"), broker.bootstrapServers()));
    EddyConfiguration configuration = DefinitionReader.read(file);
    var creator = new TopicCreator(KafkaSettings.of(configuration));
    creator.createSource(configuration.stream(), 1);
    creator.createMissing(configuration.stream());
    write(configuration);
    try (var trainer =
        new TrainerApp(configuration, Clock.systemUTC(), new SimpleMeterRegistry())) {
      assertThat(trainer.trainOnce()).isTrue();
    }
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    PlatformMetrics.filter(meters);
    app = new StreamApp(configuration, Clock.systemUTC(), meters);
    app.start();
    await().atMost(PATIENCE).until(() -> "v000002".equals(app.status().model().version()));
  }

  @AfterAll
  static void stop() {
    if (app != null) {
      app.close();
    }
    broker.close();
  }

  @Test
  void goesTheWayBetweenTwoRecordsOfTheSource() throws IOException {
    List<JsonNode> records =
        generate("--class leak --rows 9 --between readings-0-0 readings-0-3 --seed 1");

    assertThat(records).hasSize(9);
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.path("fault").asText()).isEqualTo("leak");
              assertThat(record.path("load").asDouble()).isBetween(LEAK - 4, LEAK + 4);
            });
    assertThat(generate("--class leak --rows 9 --between readings-0-0 readings-0-3 --seed 1"))
        .extracting(record -> record.path("load").asDouble())
        .isEqualTo(records.stream().map(record -> record.path("load").asDouble()).toList());
  }

  @Test
  void tellsOverHttpWhatBecameOfARequest() throws Exception {
    try (Http http = new Http(app.address())) {
      HttpResponse<String> asked =
          http.post("{\"labelClass\": \"leak\", \"rows\": 7, \"seed\": 3}");
      assertThat(asked.statusCode()).isEqualTo(202);
      String location = asked.headers().firstValue("Location").orElseThrow();

      await().atMost(PATIENCE).until(() -> "done".equals(http.state(location)));

      JsonNode request = http.get(location);
      assertThat(request.path("published").asInt()).isEqualTo(7);
      assertThat(request.path("refused").asInt()).isZero();
      assertThat(request.path("who").asText()).isEqualTo("http");
      assertThat(request.path("model").asText()).isEqualTo("v000002");
    }
  }

  @Test
  void refusesAClassThatNobodyEverLabelled() throws Exception {
    try (Http http = new Http(app.address())) {
      HttpResponse<String> asked = http.post("{\"labelClass\": \"flood\", \"rows\": 7}");
      String location = asked.headers().firstValue("Location").orElseThrow();

      await().atMost(PATIENCE).until(() -> "refused".equals(http.state(location)));

      assertThat(http.get(location).path("reasons").toString()).contains("flood");
      assertThat(http.post("{\"rows\": 7}").statusCode()).isEqualTo(400);
    }
  }

  private static List<JsonNode> generate(String options) throws IOException {
    Path output = Files.createTempFile(folder, "generated", ".jsonl");
    var err = new StringWriter();
    int status =
        new CommandLine(new GenerateCommand())
            .setExecutionExceptionHandler(new Failures())
            .setErr(new PrintWriter(err, true))
            .execute(
                Stream.concat(
                        Stream.of(options.split(" ")),
                        Stream.of("-c", file.toString(), "-o", output.toString()))
                    .toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    return Files.readAllLines(output).stream().map(RequestsOnBrokerTest::parse).toList();
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static void write(EddyConfiguration configuration) {
    Random random = new Random(9);
    long now = System.currentTimeMillis();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      boolean leaks = i % 3 == 0;
      double load = random.nextGaussian() + (leaks ? LEAK : 0);
      String value =
          "{\"host\":\"h%d\",\"ts\":%d,\"load\":%.3f,\"memory\":%.3f,\"fault\":\"%s\"}"
              .formatted(
                  i % 5,
                  now - RECORDS + i,
                  load,
                  load + random.nextGaussian(),
                  leaks ? "leak" : "none");
      records.add(BrokerRecords.of("readings", value));
    }
    BrokerRecords.write(configuration, records);
  }

  /** Speaks with the stream-app. */
  private record Http(HttpClient client, URI address) implements AutoCloseable {
    Http(URI address) {
      this(HttpClient.newHttpClient(), address);
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
      return client.send(
          HttpRequest.newBuilder(address.resolve("/api/requests"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
      return parse(
          client
              .send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
              .body());
    }

    String state(String path) throws IOException, InterruptedException {
      return get(path).path("state").asText();
    }

    @Override
    public void close() {}
  }
}

package dev.eddy.stream.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.AugmentationRequest;
import dev.eddy.stream.Readiness;
import dev.eddy.stream.StreamStatus;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.Champion;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS) // a server takes a second to start
@Timeout(60)
class ConsoleServerTest {
  private boolean live = true;
  private Readiness readiness = new Readiness(Readiness.State.LIVE, "model v000002 serves");
  private final ObjectMapper json = new ObjectMapper();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AlertLog alerts = new AlertLog(json);
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Champion champion;
  private final EntityExplainer explainer = new EntityExplainer(() -> champion);
  private final ConsoleServer server =
      new ConsoleServer(
          new EddyConfiguration.Http("127.0.0.1", 0),
          new ConsoleServer.Sources(
              this::status,
              () -> live,
              alerts,
              new RecentScores(Clock.systemUTC()),
              explainer,
              new RequestLog(RequestLogTest.TOPICS),
              new RequestDesk(() -> producer, "requests", Clock.systemUTC()),
              new LabelRoute("hosts", label -> {}, json, Clock.systemUTC()),
              meters,
              json));

  @BeforeAll
  void start() {
    new StreamMetrics(meters, Clock.systemUTC()).score(1.5);
    server.start();
  }

  @AfterAll
  void stop() {
    server.close();
    meters.close();
  }

  @BeforeEach
  void reset() {
    live = true;
    readiness = new Readiness(Readiness.State.LIVE, "model v000002 serves");
  }

  @Test
  void tellsTheStatusAsDocumented() throws Exception {
    JsonNode status = json.readTree(get("api/status").body());

    assertThat(status.at("/stream").asText()).isEqualTo("hosts");
    assertThat(status.at("/readiness/state").asText()).isEqualTo("LIVE");
    assertThat(status.at("/model/version").asText()).isEqualTo("v000002");
    assertThat(status.at("/records/perSecond").asDouble()).isEqualTo(12.5);
    assertThat(status.at("/alerts/lastAt").isNull()).isTrue();
    assertThat(status.at("/threshold").asDouble()).isEqualTo(6.79);
    assertThat(status.at("/calibration/holds").asBoolean()).isTrue();
    assertThat(status.at("/calibration/realised").asDouble()).isEqualTo(0.012);
  }

  @ParameterizedTest
  @CsvSource({"LEARNING, 503", "BASELINE, 200", "LIVE, 200", "DEGRADED, 200"})
  void isReadyWhenRecordsAreScored(Readiness.State state, int code) throws Exception {
    readiness = new Readiness(state, "because");

    HttpResponse<String> response = get("health/ready");

    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(json.readTree(response.body()))
        .isEqualTo(json.readTree("{\"state\":\"%s\",\"reason\":\"because\"}".formatted(state)));
  }

  @Test
  void takesARequestForSyntheticRecords() throws Exception {
    HttpResponse<String> response =
        post(
            "application/json",
            """
            {"labelClass": "disk-flood", "rows": 50, "seed": 7, "fixed": {"disk": "sda"}}
            """);

    assertThat(response.statusCode()).isEqualTo(202);
    String id = json.readTree(response.body()).path("id").asText();
    assertThat(response.headers().firstValue("Location")).hasValue("/api/requests/" + id);
    AugmentationRequest asked =
        SchemaJson.of(AugmentationRequest.class).read(producer.history().get(0).value());
    assertThat(asked.getId()).isEqualTo(id);
    assertThat(asked.getRows()).isEqualTo(50);
    assertThat(asked.getSeed()).isEqualTo(7);
    assertThat(asked.getFixed()).isEqualTo(Map.of("disk", "sda"));
    assertThat(get("api/requests/unknown").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain | {\"labelClass\": \"a\", \"rows\": 5} | 415",
        "application/json | {\"labelClass\": \"a\", \"rows\": 0} | 400",
        "application/json | {\"rows\": 5} | 400",
        "application/json | {\"labelClass\": \"a\", \"rows\": 5, \"sed\": 1} | 400",
        "application/json | garbage | 400",
      })
  void refusesARequestThatIsNone(String type, String body, int status) throws Exception {
    int before = producer.history().size();

    assertThat(post(type, body).statusCode()).isEqualTo(status);

    assertThat(producer.history()).hasSize(before);
  }

  @Test
  void refusesARequestThatIsTooLarge() throws Exception {
    int before = producer.history().size();

    String body = "{\"labelClass\": \"%s\", \"rows\": 5}".formatted("x".repeat(700_000));
    assertThat(post("application/json", body).statusCode()).isEqualTo(413);

    assertThat(producer.history()).hasSize(before);
  }

  private HttpResponse<String> post(String type, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.address().resolve("api/requests"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void isNotLiveWhenScoringCannotGoOn() throws Exception {
    assertThat(get("health/live").statusCode()).isEqualTo(200);

    live = false;

    assertThat(get("health/live").statusCode()).isEqualTo(503);
  }

  @Test
  void listsTheLatestAlertsNewestFirstAsTheyStandOnTheTopic() throws Exception {
    for (int i = 0; i < AlertLog.CAPACITY + 10; i++) {
      alerts.add("{\"id\":\"t-0-%d\",\"score\":9.41}".formatted(i).getBytes(UTF_8));
    }
    alerts.add("garbage".getBytes(UTF_8));

    JsonNode two = json.readTree(get("api/alerts?limit=2").body());
    JsonNode some = json.readTree(get("api/alerts").body());
    JsonNode all = json.readTree(get("api/alerts?limit=500").body());

    assertThat(two.findValuesAsText("id")).containsExactly("t-0-509", "t-0-508");
    assertThat(some).hasSize(50);
    assertThat(all).hasSize(AlertLog.CAPACITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "501", "many"})
  void refusesALimitOutOfBounds(String limit) throws Exception {
    assertThat(get("api/alerts?limit=" + limit).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain | text/plain",
        "application/openmetrics-text; version=1.0.0 | application/openmetrics-text",
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
            + " encoding=delimited | application/vnd.google.protobuf"
      })
  void answersPrometheusInTheFormatThatItAsksFor(String accept, String contentType)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("metrics")).header("Accept", accept).build();

    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(contentType);
    assertThat(response.body()).contains("eddy_score");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "api/status", "metrics", "nowhere"})
  void forbidsEverythingForeign(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void servesThePage() throws Exception {
    HttpResponse<String> response = get("");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(response.body()).containsIgnoringCase("eddy");
  }

  @Test
  void streamsTheStatusAndNewAlerts() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("api/events")).header("Accept", "text/event-stream").build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      assertThat(nextEvent(lines)).isEqualTo("event: status");

      alerts.add("{\"id\":\"live-1\"}".getBytes(UTF_8));

      assertThat(nextData(lines, "event: alert")).isEqualTo("data: {\"id\":\"live-1\"}");
    }
  }

  private static String nextEvent(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("event:")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  private static String nextData(BufferedReader lines, String event) throws IOException {
    String next = nextEvent(lines);
    while (!next.equals(event)) {
      next = nextEvent(lines);
    }
    return lines.readLine();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  @Test
  void refusesToExplainWhatItDoesNotKnow() throws Exception {
    assertThat(get("api/explain").statusCode()).isEqualTo(400);
    assertThat(get("api/explain?entity=nobody").statusCode()).isEqualTo(404);
  }

  private URI uri(String path) {
    return server.address().resolve(path);
  }

  private StreamStatus status() {
    return new StreamStatus(
        "hosts",
        readiness,
        new StreamStatus.Model("v000002", 1L, 2L),
        new StreamStatus.Candidates(null, null),
        93.2,
        new StreamStatus.Records(20_000, 5, 12.5),
        new StreamStatus.Alerts(0, null),
        new StreamStatus.Synthetic(600, 0),
        3,
        6.79,
        new StreamStatus.Calibration(true, 0.012, "p at most 0.01 has 1.2 % of recent records"));
  }
}

package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.registry.ModelVersion;
import dev.eddy.trainer.TrainerHealth;
import dev.eddy.trainer.TrainerStatus;
import dev.eddy.trainer.TrainingRequest;
import dev.eddy.trainer.training.LearningCurves.Point;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainerServerTest {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<String> asked = new ArrayList<>();
  private boolean leads = true;
  private TrainerHealth health = new TrainerHealth(true, "reading");
  private final TrainerServer server =
      new TrainerServer(
          "127.0.0.1",
          0,
          meters,
          new TrainerServer.Sources(
              this::status,
              () -> health,
              () -> List.of(new Point("vae.asinh", 50, 500, 1.5, new TreeMap<>(Map.of("kl", 0.5)))),
              this::ask));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersWithTheRegistrysMetersAndTheJvms() throws Exception {
    meters.counter("eddy.trainer.trainings").increment();

    HttpResponse<String> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("eddy_trainer_trainings_total 1.0")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void saysWhetherTheLoopLives() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);

    health = new TrainerHealth(false, "reading has ended: java.lang.OutOfMemoryError");

    assertThat(get("/health/live").statusCode()).isEqualTo(503);
    assertThat(get("/health/live").body()).contains("OutOfMemoryError");
  }

  @Test
  void tellsWhereTheTrainerStandsAndHowATrainingGetsOn() throws Exception {
    assertThat(get("/api/status").body())
        .contains("\"recordsSeen\":7", "\"lastVersion\":\"v000003\"", "\"drift\":\"bytes\"");
    assertThat(get("/api/training").body())
        .isEqualTo(
            "[{\"network\":\"vae.asinh\",\"step\":50,\"steps\":500,\"loss\":1.5,"
                + "\"parts\":{\"kl\":0.5}}]");
  }

  @Test
  void asksForATrainingUnlessAForeignPageDoes() throws Exception {
    assertThat(get("/api/train").statusCode()).isEqualTo(405);
    assertThat(post("text/plain", "http://evil.example").statusCode()).isEqualTo(415);
    assertThat(asked).isEmpty();

    assertThat(post("application/json", null).statusCode()).isEqualTo(202);

    assertThat(asked).containsExactly("http");
    assertThat(post("application/json", "http://evil.example").statusCode()).isEqualTo(403);
    health = new TrainerHealth(false, "over");
    assertThat(post("application/json", null).statusCode()).isEqualTo(503);
  }

  @Test
  void saysThatAnotherTrainerLeadsInsteadOfTakingARequestThatIsNeverHeard() throws Exception {
    leads = false;

    HttpResponse<String> response = post("application/json", null);

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).contains("this trainer does not lead");
    assertThat(get("/api/status").body()).contains("\"leads\":false");
    assertThat(asked).isEmpty();
  }

  private TrainingRequest ask(String who) {
    if (!health.live()) {
      return TrainingRequest.NOT_READING;
    }
    if (leads) {
      asked.add(who);
    }
    return leads ? TrainingRequest.ASKED : TrainingRequest.NOT_LEADING;
  }

  private TrainerStatus status() {
    return new TrainerStatus(
        7,
        0,
        Map.of(),
        new TreeMap<>(),
        5,
        false,
        3,
        ModelVersion.of(3),
        "promoted",
        new Point("vae", 1, 2, 0.5, new TreeMap<>()),
        "bytes",
        leads);
  }

  private HttpResponse<String> post(String type, @Nullable String origin)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.address() + "/api/train"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    if (origin != null) {
      request.header("Origin", origin);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).GET().build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}

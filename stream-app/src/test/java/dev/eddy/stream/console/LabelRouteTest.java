package dev.eddy.stream.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.kafka.TopicException;
import dev.eddy.schema.Label;
import dev.eddy.schema.Verdict;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabelRouteTest {
  private static final String MISSED =
      "{\"coordinates\":\"hosts-1-42\",\"verdict\":\"missed\",\"who\":\"ann\"}";

  private final List<Label> labels = new ArrayList<>();
  private boolean brokerUp = true;
  private final LabelRoute route =
      new LabelRoute(
          "hosts",
          this::label,
          new ObjectMapper(),
          Clock.fixed(Instant.ofEpochMilli(7), ZoneOffset.UTC));
  private final Javalin server =
      Javalin.create(config -> config.routes.post("/api/labels", route)).start("127.0.0.1", 0);

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void writesALabel() throws Exception {
    assertThat(post(MISSED, "application/json", null).statusCode()).isEqualTo(201);
    assertThat(labels).containsExactly(new Label("hosts", 1, 42L, Verdict.MISSED, null, "ann", 7L));
  }

  @Test
  void refusesALabelThatMakesNoSense() throws Exception {
    for (String body :
        List.of(
            "{\"verdict\":\"missed\"}",
            "{\"coordinates\":\"others-0-1\",\"verdict\":\"missed\"}",
            "{\"coordinates\":\"hosts-0-1\",\"verdict\":\"bad\"}",
            "{\"coordinates\":\"hosts-0-1\",\"verdict\":\"missed\",\"class\":\"dos\"}",
            "nonsense")) {
      assertThat(post(body, "application/json", null).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(labels).isEmpty();
  }

  @Test
  void takesNoLabelFromAPageOfAnotherSite() throws Exception {
    assertThat(post(MISSED, "text/plain", null).statusCode()).isEqualTo(415);
    assertThat(post(MISSED, "application/json", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(labels).isEmpty();
  }

  @Test
  void saysWhenTheBrokerDoesNotTakeALabel() throws Exception {
    brokerUp = false;

    assertThat(post(MISSED, "application/json", null).statusCode()).isEqualTo(503);
  }

  private void label(Label label) {
    if (!brokerUp) {
      throw new TopicException("network.labels must take a label, got a timeout");
    }
    labels.add(label);
  }

  private HttpResponse<String> post(String body, String type, @Nullable String origin)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/api/labels".formatted(server.port())))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    if (origin != null) {
      request.header("Origin", origin);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}

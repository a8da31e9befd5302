package dev.eddy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.eddy.trainer.TrainerHealth;
import dev.eddy.trainer.TrainerStatus;
import dev.eddy.trainer.TrainingRequest;
import dev.eddy.trainer.training.LearningCurves;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The trainer's part of {@code docs/http-api.md}. */
final class TrainerServer implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON_TYPE = "application/json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  /**
   * What is served, looked at on each request.
   *
   * @param train asks for a training in somebody's name
   */
  record Sources(
      Supplier<TrainerStatus> status,
      Supplier<TrainerHealth> health,
      Supplier<List<LearningCurves.Point>> curves,
      Function<String, TrainingRequest> train) {}

  /** One answer. */
  private record Answer(int code, String type, String body) {}

  private interface Route {
    Answer answer(HttpExchange exchange) throws IOException;
  }

  /**
   * Binds and answers, with the JVM's own meters bound as well.
   *
   * @param port 0: any free one
   * @throws UncheckedIOException if the port is taken
   */
  TrainerServer(String host, int port, PrometheusMeterRegistry meters, Sources sources) {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "metrics cannot be served at %s:%d: %s".formatted(host, port, e.getMessage()), e);
    }
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    garbage.bindTo(meters);
    route("/metrics", "GET", exchange -> new Answer(200, TEXT, meters.scrape(TEXT)));
    route("/health/live", "GET", exchange -> live(sources.health().get()));
    route("/api/status", "GET", exchange -> json(200, status(sources.status().get())));
    route("/api/training", "GET", exchange -> json(200, sources.curves().get()));
    route("/api/train", "POST", exchange -> train(exchange, sources.train()));
    server.start();
  }

  private void route(String path, String method, Route route) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            Answer answer =
                exchange.getRequestMethod().equals(method)
                    ? route.answer(exchange)
                    : json(405, Map.of("error", "method must be " + method));
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.code(), bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  private static Answer live(TrainerHealth health) throws IOException {
    return json(health.live() ? 200 : 503, health);
  }

  private static ObjectNode status(TrainerStatus status) {
    ObjectNode node = JSON.valueToTree(status);
    node.put("lastVersion", status.lastVersion() == null ? null : status.lastVersion().value());
    return node;
  }

  /** As with labels, a page of another site must not be able to ask: see LabelRoute. */
  private static Answer train(HttpExchange exchange, Function<String, TrainingRequest> train)
      throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(JSON_TYPE)) {
      return json(415, Map.of("error", "body must be application/json"));
    }
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (origin != null
        && !origin.equals("http://" + exchange.getRequestHeaders().getFirst("Host"))) {
      return json(403, Map.of("error", "origin must be this server"));
    }
    return switch (train.apply("http")) {
      case ASKED -> json(202, Map.of("asked", true));
      case NOT_READING -> json(503, Map.of("error", "the trainer does not read: see /health/live"));
      case NOT_LEADING ->
          json(
              409,
              Map.of(
                  "error",
                  "this trainer does not lead: another one of the stream does, or none is elected"
                      + " yet; ask the one whose /api/status says leads"));
    };
  }

  private static Answer json(int code, Object body) throws IOException {
    return new Answer(code, JSON_TYPE, JSON.writeValueAsString(body));
  }

  /** Returns where it answers. */
  URI address() {
    InetSocketAddress bound = server.getAddress();
    return URI.create("http://%s:%d".formatted(bound.getHostString(), bound.getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    garbage.close();
  }
}

package dev.eddy.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * {@code /metrics} and {@code /health/live} of a process that has no console: the trainer. Text
 * exposition only.
 */
final class MetricsServer implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  /**
   * Binds and answers, with the JVM's own meters bound as well.
   *
   * @param port 0: any free one
   * @throws UncheckedIOException if the port is taken
   */
  MetricsServer(String host, int port, PrometheusMeterRegistry meters) {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "metrics cannot be served at %s:%d: %s".formatted(host, port, e.getMessage()), e);
    }
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    garbage.bindTo(meters);
    server.createContext("/metrics", exchange -> answer(exchange, meters.scrape(TEXT), TEXT));
    server.createContext(
        "/health/live", exchange -> answer(exchange, "{\"state\":\"LIVE\"}", "application/json"));
    server.start();
  }

  private static void answer(HttpExchange exchange, String body, String type) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
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

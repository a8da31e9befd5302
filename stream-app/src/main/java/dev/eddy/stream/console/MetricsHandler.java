package dev.eddy.stream.console;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Answers Prometheus in the format that it asks for. Native histograms travel in protobuf only, so
 * the Accept header decides what is scraped and what the answer is called.
 */
final class MetricsHandler implements Handler {
  private static final String PLAIN_TEXT = "text/plain";

  private final PrometheusMeterRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  MetricsHandler(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void handle(Context context) throws IOException {
    String header = context.header("Accept");
    String accept = header == null ? PLAIN_TEXT : header;
    var body = new ByteArrayOutputStream();
    registry.scrape(body, accept);
    context.result(body.toByteArray());
    context.contentType(formats.findWriter(accept).getContentType());
  }
}

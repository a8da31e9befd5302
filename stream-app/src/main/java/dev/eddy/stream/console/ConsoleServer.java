package dev.eddy.stream.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.stream.Readiness;
import dev.eddy.stream.StreamStatus;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code docs/http-api.md}. It reads; all else is to label and to ask for records. */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final String PUBLIC = "/public";
  private static final int DEFAULT_ALERTS = 50;

  /** Nothing but this server's own files may run or be asked; nobody may frame the page. */
  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
              + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer");

  private static final String NO_PAGE =
      """
      <!doctype html><html lang="en"><title>Eddy</title>
      <p>The console page was not built into this jar; build with Maven to get it.
      <p><a href="api/status">status</a>, <a href="api/alerts">alerts</a>,
      <a href="metrics">metrics</a>.
      </html>
      """;

  private final EddyConfiguration.Http settings;
  private final Javalin server;
  private final EventStream events;

  /**
   * What is served.
   *
   * @param status looked at on each request
   * @param live whether the process can serve at all
   */
  public record Sources(
      Supplier<StreamStatus> status,
      BooleanSupplier live,
      AlertLog alerts,
      RecentScores scores,
      EntityExplainer explainer,
      RequestLog requests,
      RequestDesk desk,
      LabelRoute labels,
      PrometheusMeterRegistry metrics,
      ObjectMapper json) {}

  /** Makes a server that does not listen yet. */
  public ConsoleServer(EddyConfiguration.Http settings, Sources sources) {
    this.settings = settings;
    this.events = new EventStream(sources.status(), sources.alerts(), sources.scores());
    this.server = Javalin.create(config -> configure(config, sources));
  }

  private void configure(JavalinConfig config, Sources sources) {
    config.startup.showJavalinBanner = false;
    config.jsonMapper(new JavalinJackson(sources.json(), false));
    if (getClass().getResource(PUBLIC + "/index.html") == null) {
      config.routes.get("/", context -> context.html(NO_PAGE));
    } else {
      config.staticFiles.add(PUBLIC, Location.CLASSPATH);
    }
    config.routes.before(context -> SECURITY_HEADERS.forEach(context::header));
    config.routes.get("/metrics", new MetricsHandler(sources.metrics()));
    config.routes.get("/health/live", context -> live(context, sources));
    config.routes.get("/health/ready", context -> ready(context, sources));
    config.routes.get("/api/status", context -> context.json(sources.status().get()));
    config.routes.get(
        "/api/alerts", context -> context.json(sources.alerts().latest(limitOf(context))));
    config.routes.get(
        "/api/scores/recent", context -> context.json(sources.scores().after(Long.MIN_VALUE)));
    config.routes.get("/api/explain", context -> explain(context, sources));
    new RequestRoutes(sources.requests(), sources.desk()).addTo(config);
    config.routes.post("/api/labels", sources.labels());
    config.routes.sse("/api/events", events::serve);
  }

  private static void live(Context context, Sources sources) {
    boolean live = sources.live().getAsBoolean();
    context.status(live ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    context.json(Map.of("live", live));
  }

  private static void ready(Context context, Sources sources) {
    Readiness readiness = sources.status().get().readiness();
    context.status(readiness.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    context.json(Map.of("state", readiness.state(), "reason", readiness.reason()));
  }

  private static void explain(Context context, Sources sources) {
    String entity = context.queryParam("entity");
    if (entity == null || entity.isEmpty()) {
      throw new BadRequestResponse("entity must be given");
    }
    context.json(
        sources
            .explainer()
            .explain(entity)
            .orElseThrow(
                () -> new NotFoundResponse("no record of this entity was scored by a model here")));
  }

  private static int limitOf(Context context) {
    String text = context.queryParam("limit");
    if (text == null) {
      return DEFAULT_ALERTS;
    }
    if (text.matches("[1-9]\\d{0,2}") && Integer.parseInt(text) <= AlertLog.CAPACITY) {
      return Integer.parseInt(text);
    }
    throw new BadRequestResponse("limit must be in 1 to " + AlertLog.CAPACITY);
  }

  /** Listens. There is no authentication, so an address that others reach is warned about. */
  public void start() {
    if (!isLoopback(settings.host())) {
      LOG.atWarn()
          .addKeyValue("host", settings.host())
          .log("console and metrics are open to everyone who reaches this address");
    }
    server.start(settings.host(), settings.port());
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Returns where it listens; only after {@link #start()}. */
  public URI address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://%s:%d/".formatted(host, server.port()));
  }

  /** Stops listening and lets every client go, within a second. */
  @Override
  public void close() {
    events.close();
    server.stop();
  }
}

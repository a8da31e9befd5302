package dev.eddy.stream.console;

import static dev.eddy.stream.augmentation.AugmentationRequests.MOST_BYTES;
import static dev.eddy.stream.augmentation.AugmentationRequests.MOST_ROWS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.eddy.schema.AugmentationRequest;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requests for synthetic records over HTTP. Asking needs the content type of JSON, which a page of
 * another origin may not send without asking the server first, which answers no.
 */
final class RequestRoutes {
  private static final int LATEST = 100;
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(Body.class);

  private final RequestLog log;
  private final RequestDesk desk;

  /** What is asked for. */
  record Body(
      @Nullable String labelClass,
      @Nullable Integer rows,
      @Nullable Long seed,
      @Nullable Map<String, String> fixed,
      @Nullable List<String> between) {}

  RequestRoutes(RequestLog log, RequestDesk desk) {
    this.log = log;
    this.desk = desk;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/api/requests", context -> context.json(log.latest(LATEST)));
    config.routes.get("/api/requests/{id}", this::find);
    config.routes.post("/api/requests", this::ask);
  }

  private void find(Context context) {
    RequestStatus status =
        log.find(context.pathParam("id"))
            .orElseThrow(() -> new NotFoundResponse("no request of this id is known"));
    context.json(status);
  }

  private void ask(Context context) {
    String type = context.contentType();
    if (type == null || !type.startsWith("application/json")) {
      throw new UnsupportedMediaTypeResponse("content type must be application/json");
    }
    if (context.bodyAsBytes().length > MOST_BYTES) {
      throw new ContentTooLargeResponse("body must have at most %d bytes".formatted(MOST_BYTES));
    }
    AugmentationRequest request = request(body(context));
    desk.ask(request);
    context.status(HttpStatus.ACCEPTED);
    context.header("Location", "/api/requests/" + request.getId());
    context.json(Map.of("id", request.getId()));
  }

  private static Body body(Context context) {
    try {
      return JSON.readValue(context.body());
    } catch (JsonProcessingException e) {
      throw new BadRequestResponse("body must be a request in JSON: " + e.getOriginalMessage());
    }
  }

  private AugmentationRequest request(Body body) {
    String labelClass = body.labelClass();
    Integer rows = body.rows();
    if (labelClass == null || labelClass.isBlank()) {
      throw new BadRequestResponse("labelClass must be set");
    }
    if (rows == null || rows < 1 || rows > MOST_ROWS) {
      throw new BadRequestResponse("rows must be in 1 to %d, got %s".formatted(MOST_ROWS, rows));
    }
    return AugmentationRequest.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setLabelClass(labelClass)
        .setRows(rows)
        .setSeed(body.seed() == null ? 0 : body.seed())
        .setWho("http")
        .setTimestamp(desk.now())
        .setFixed(body.fixed() == null ? Map.of() : body.fixed())
        .setBetween(body.between() == null ? List.of() : body.between())
        .build();
  }
}

package dev.eddy.stream.console;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.TopicException;
import dev.eddy.schema.Label;
import dev.eddy.schema.Verdict;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/labels}: what somebody knows about one record.
 *
 * <p>It is the one request that changes something, and there is no login. So a page of another site
 * must not be able to send it: the body has to be declared JSON, which a foreign page may not do
 * without being allowed to, and an {@code Origin} has to be this server's own.
 */
public final class LabelRoute implements Handler {
  private static final SchemaJson<Label> LABELS = SchemaJson.of(Label.class);
  private static final Set<String> KEYS = Set.of("coordinates", "verdict", "labelClass", "who");
  private static final int MOST_BYTES = 4_096;
  private static final int MOST_CHARACTERS = 256;

  private final String source;
  private final Consumer<Label> sink;
  private final ObjectMapper json;
  private final Clock clock;

  /**
   * Makes the route.
   *
   * @param source the source topic, whose records may be labelled
   * @param sink returns when the label is safe, or throws a {@link TopicException}
   */
  public LabelRoute(String source, Consumer<Label> sink, ObjectMapper json, Clock clock) {
    this.source = requireNonNull(source, "source");
    this.sink = requireNonNull(sink, "sink");
    this.json = requireNonNull(json, "json");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public void handle(Context context) {
    refuseOthers(context);
    Label label = read(context.bodyAsBytes());
    try {
      sink.accept(label);
    } catch (TopicException e) {
      throw new ServiceUnavailableResponse(e.getMessage());
    }
    context.status(HttpStatus.CREATED).contentType("application/json").result(LABELS.write(label));
  }

  private static void refuseOthers(Context context) {
    String type = context.contentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new HttpResponseException(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE.getCode(), "body must be application/json", Map.of());
    }
    String origin = context.header("Origin");
    if (origin != null && !origin.equals(context.scheme() + "://" + context.host())) {
      throw new ForbiddenResponse("origin must be this server, got " + origin);
    }
  }

  private Label read(byte[] body) {
    if (body.length > MOST_BYTES) {
      throw new BadRequestResponse("label must have at most %d bytes".formatted(MOST_BYTES));
    }
    JsonNode node;
    try {
      node = json.readTree(body);
    } catch (IOException e) {
      throw new BadRequestResponse("label must be one JSON object");
    }
    if (node == null || !node.isObject()) {
      throw new BadRequestResponse("label must be one JSON object");
    }
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new BadRequestResponse(
          "label must have the keys %s, got %s".formatted(new TreeSet<>(KEYS), unknown));
    }
    Coordinates coordinates = coordinates(text(node, "coordinates"));
    String who = text(node, "who");
    return new Label(
        coordinates.topic(),
        coordinates.partition(),
        coordinates.offset(),
        verdict(text(node, "verdict")),
        text(node, "labelClass"),
        who == null ? "http" : who,
        clock.millis());
  }

  private static @Nullable String text(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()
        || value.asText().isBlank()
        || value.asText().length() > MOST_CHARACTERS) {
      throw new BadRequestResponse(
          "%s must be a text of 1 to %d characters".formatted(key, MOST_CHARACTERS));
    }
    return value.asText();
  }

  private Coordinates coordinates(@Nullable String text) {
    if (text == null) {
      throw new BadRequestResponse("coordinates must be given: topic-partition-offset");
    }
    Coordinates coordinates;
    try {
      coordinates = Coordinates.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestResponse(e.getMessage());
    }
    if (!coordinates.topic().equals(source)
        || coordinates.partition() < 0
        || coordinates.offset() < 0) {
      throw new BadRequestResponse(
          "coordinates must be of a record of %s, got %s".formatted(source, text));
    }
    return coordinates;
  }

  private static Verdict verdict(@Nullable String text) {
    return Arrays.stream(Verdict.values())
        .filter(verdict -> wordOf(verdict).equals(text))
        .findAny()
        .orElseThrow(
            () ->
                new BadRequestResponse(
                    "verdict must be one of %s, got %s"
                        .formatted(
                            Arrays.stream(Verdict.values()).map(LabelRoute::wordOf).toList(),
                            text)));
  }

  private static String wordOf(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package dev.eddy.event;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.DefinitionWriter;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Labels;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.Suggestion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A first stream definition, drawn up from some rows, for a person to read through: what is a
 * number, what a category, which field is the time and which the entity. What carries nothing for a
 * detector (constants, identifiers, free text) is left out, and the draft says why.
 *
 * @param definition the draft
 * @param leftOut field to the reason why it is not a feature
 * @param slips number to the texts that it holds besides, in words
 * @param rows how many rows it was drawn up from
 */
public record DefinitionDraft(
    StreamDefinition definition, Map<String, String> leftOut, Map<String, String> slips, int rows) {
  /** Rows that are looked at, at most. */
  public static final int MAXIMUM_ROWS = 20_000;

  private static final List<String> NORMAL_WORDS =
      List.of("normal", "none", "benign", "ok", "0", "false", "no");

  /** Copies the maps. */
  public DefinitionDraft {
    leftOut = new LinkedHashMap<>(leftOut);
    slips = new LinkedHashMap<>(slips);
  }

  /**
   * What the draft cannot find out, and what it should not guess.
   *
   * @param stream the stream's name
   * @param topic the source topic
   * @param format how records will be laid out on the topic
   * @param entity the entity's field; null: to be found
   * @param timestamp the timestamp's field; null: to be found
   * @param label the label's field; null: there is none
   */
  public record Request(
      String stream,
      String topic,
      Format format,
      @Nullable String entity,
      @Nullable String timestamp,
      @Nullable String label) {
    /** Checks that the parts are there. */
    public Request {
      requireNonNull(stream, "stream");
      requireNonNull(topic, "topic");
      requireNonNull(format, "format");
    }
  }

  /**
   * Draws up a definition from the first {@link #MAXIMUM_ROWS} rows.
   *
   * @throws IllegalArgumentException if there are no rows, a field that was asked for is not there,
   *     or nothing is left to be a feature
   */
  public static DefinitionDraft of(Request request, Iterator<TableRow> rows) {
    Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
    DistinctTexts.Room room = new DistinctTexts.Room();
    int count = 0;
    while (count < MAXIMUM_ROWS && rows.hasNext()) {
      TableRow row = rows.next();
      row.values()
          .forEach(
              (name, value) ->
                  profiles
                      .computeIfAbsent(name, column -> new ColumnProfile(column, room))
                      .add(row.line(), value));
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException("there must be at least one row, got none");
    }
    return of(request, profiles, count);
  }

  private static DefinitionDraft of(
      Request request, Map<String, ColumnProfile> profiles, int rows) {
    String timestamp = request.timestamp();
    String entity = request.entity();
    requireField("--label", request.label(), profiles);
    requireField("--timestamp", timestamp, profiles);
    requireField("--entity", entity, profiles);
    if (request.label() != null
        && (request.label().equals(timestamp) || request.label().equals(entity))) {
      throw new IllegalArgumentException(
          "--label must name another field than that of the %s, got %s for both"
              .formatted(request.label().equals(entity) ? "entity" : "time", request.label()));
    }
    if (timestamp == null) {
      timestamp = first(profiles, ColumnProfile::looksLikeTimestamp, request);
    }
    if (entity == null) {
      entity = first(profiles, ColumnProfile::looksLikeEntity, request);
    }
    List<Feature> features = new ArrayList<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    Map<String, String> slips = new LinkedHashMap<>();
    for (ColumnProfile profile : profiles.values()) {
      String name = profile.name();
      if (name.equals(timestamp) || name.equals(entity) || name.equals(request.label())) {
        continue;
      }
      String reason = profile.reasonToLeaveOut();
      if (reason != null) {
        leftOut.put(name, reason);
      } else {
        features.add(profile.isNumber() ? Feature.number(name) : Feature.category(name));
        String texts = profile.slips();
        if (texts != null) {
          slips.put(name, texts);
        }
      }
    }
    if (features.isEmpty()) {
      throw new IllegalArgumentException(
          leftOut.isEmpty()
              ? "there must be a field besides the label, the entity and the time, found none"
              : "there must be a field to learn from, left out all: "
                  + String.join("; ", LeftOut.inWords(leftOut)));
    }
    Source source =
        new Source(
            request.topic(),
            request.format(),
            entity,
            timestamp,
            request.format() == Format.CSV ? List.copyOf(profiles.keySet()) : List.of());
    StreamDefinition plain = StreamDefinition.of(request.stream(), source, features);
    return new DefinitionDraft(
        plain.withLabels(labels(request.label(), profiles)), leftOut, slips, rows);
  }

  private static void requireField(
      String option, @Nullable String name, Map<String, ColumnProfile> profiles) {
    if (name != null && !profiles.containsKey(name)) {
      throw new IllegalArgumentException(
          "%s must name one of the fields %s; got %s%s"
              .formatted(
                  option,
                  LeftOut.some(List.copyOf(profiles.keySet())),
                  name,
                  Suggestion.didYouMean(name, profiles.keySet())));
    }
  }

  private interface Looks {
    boolean like(ColumnProfile profile);
  }

  private static @Nullable String first(
      Map<String, ColumnProfile> profiles, Looks looks, Request request) {
    return profiles.values().stream()
        .filter(profile -> !profile.name().equals(request.label()) && looks.like(profile))
        .map(ColumnProfile::name)
        .filter(name -> !name.equals(request.timestamp()) && !name.equals(request.entity()))
        .findFirst()
        .orElse(null);
  }

  private static Labels labels(@Nullable String label, Map<String, ColumnProfile> profiles) {
    if (label == null) {
      return Labels.NONE;
    }
    ColumnProfile profile = requireNonNull(profiles.get(label));
    List<String> known =
        profile.values().stream()
            .filter(value -> NORMAL_WORDS.contains(value.toLowerCase(Locale.ROOT)))
            .toList();
    return new Labels(label, known.isEmpty() ? List.of(profile.mostFrequent()) : known, null);
  }

  /**
   * Writes the draft as a configuration file, with the reasons as comments.
   *
   * @param origin where the rows came from
   */
  public String yaml(String origin) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("# Drafted from %d rows of %s. Read it through.\n".formatted(rows, origin));
    yaml.append(DefinitionWriter.write(definition));
    comment(yaml, "Not among the features:", leftOut);
    comment(yaml, "Numbers, but records with a text there will be dead letters:", slips);
    yaml.append("kafka:\n  bootstrap.servers: \"${KAFKA_BOOTSTRAP_SERVERS:localhost:9092}\"\n");
    return yaml.toString();
  }

  private static void comment(StringBuilder yaml, String title, Map<String, String> remarks) {
    if (!remarks.isEmpty()) {
      yaml.append("# ").append(title).append('\n');
      remarks.forEach(
          (name, remark) ->
              yaml.append("#   ").append(oneLine(name)).append(": ").append(remark).append('\n'));
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}

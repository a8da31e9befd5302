package dev.eddy.definition;

import dev.eddy.definition.EddyConfiguration.Http;
import dev.eddy.definition.EddyConfiguration.Registry;
import dev.eddy.definition.EddyConfiguration.Scoring;
import java.time.Duration;
import java.util.Map;

/** Reads the sections that say how a process runs: kafka, scoring, http, registry. */
final class ProcessSections {
  private static final Duration MOST = Duration.ofDays(3_650);

  private final Map<String, String> kafka;
  private final Scoring scoring;
  private final Http http;
  private final Registry registry;

  ProcessSections(Section root, boolean needsKafka) {
    this.kafka = kafka(root.section("kafka"), needsKafka);
    this.scoring = scoring(root.section("scoring"));
    this.http = http(root.section("http"));
    this.registry = registry(root.section("registry"));
  }

  private static Map<String, String> kafka(Section section, boolean needed) {
    Map<String, String> settings = section.flat();
    if (needed && settings.getOrDefault("bootstrap.servers", "").isBlank()) {
      section.problem("bootstrap.servers", "must be set, for example localhost:9092");
    }
    section.end();
    return settings;
  }

  private static Scoring scoring(Section section) {
    Scoring defaults = Scoring.DEFAULT;
    Scoring scoring =
        new Scoring(
            (int) section.integer("batchSize", defaults.batchSize(), 1, 65_536),
            section.duration(
                "deadline", defaults.deadline(), Duration.ofMillis(1), Duration.ofSeconds(10)),
            section.value(
                "device",
                defaults.device(),
                "auto, cpu or gpu:N",
                text -> text.matches("auto|cpu|gpu:\\d{1,3}") ? text : null),
            (int) section.integer("threads", defaults.threads(), 1, 1_024),
            section.truth("exactlyOnce", defaults.exactlyOnce()),
            section.truth("baseline", defaults.baseline()),
            section.text("stateDirectory"));
    section.end();
    return scoring;
  }

  private static Http http(Section section) {
    Http http =
        new Http(
            section.value(
                "host",
                Http.DEFAULT.host(),
                "an address or host name",
                text -> text.isEmpty() || text.contains(" ") ? null : text),
            (int) section.integer("port", Http.DEFAULT.port(), 0, 65_535));
    section.end();
    return http;
  }

  private static Registry registry(Section section) {
    Registry defaults = Registry.DEFAULT;
    Duration age = section.duration("maximumAge", Duration.ZERO, Duration.ofMinutes(1), MOST);
    Registry registry =
        new Registry(
            (int) section.integer("keepVersions", defaults.keepVersions(), 2, 10_000),
            section.duration("keepFor", defaults.keepFor(), Duration.ofMinutes(1), MOST),
            section.text("signingKey"),
            section.texts("publicKeys", defaults.publicKeys()),
            age.isZero() ? null : age);
    if (registry.maximumAge() != null && registry.publicKeys().isEmpty()) {
      section.problem("maximumAge", "is for signed models, got no publicKeys");
    }
    section.end();
    return registry;
  }

  Map<String, String> kafka() {
    return kafka;
  }

  Scoring scoring() {
    return scoring;
  }

  Http http() {
    return http;
  }

  Registry registry() {
    return registry;
  }
}

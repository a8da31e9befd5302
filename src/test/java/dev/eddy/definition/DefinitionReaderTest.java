package dev.eddy.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eddy.definition.DefinitionException.Problem;
import dev.eddy.definition.Feature.Direction;
import dev.eddy.definition.StreamDefinition.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {
  private static final String SMALLEST =
      "{stream: s, source: {topic: t}, features: [f], kafka: {bootstrap.servers: b}, %s}";

  @Test
  void readsEverySection() {
    EddyConfiguration configuration =
        DefinitionReader.parse(
            "test",
            """
            stream: network
            source: {topic: connections, format: csv, entity: host, timestamp: ts,
                     columns: [ts, host, duration, protocol, bytes, attack]}
            features:
              - duration
              - {name: protocol, type: category}
              - {name: bytes, direction: high, minimumDeviation: 20%}
            context: {enabled: true, halfLife: 100, window: 16, rates: [bytes]}
            labels: {field: attack, normal: [normal, no], topic: truth}
            alerts: {budget: 2 per hour, cooldown: 90s}
            augmentation: {balance: {r2l: 10%, u2r: 2.5%}, rate: 30 per minute, balanceCap: 2.5,
                           balanceWithoutLift: true, balanceJudge: boosting, constraints: [
                             {range: {field: bytes, min: 0}},
                             {inequality: {low: duration, high: bytes}},
                             {formula: {field: bytes, equals: 2 * duration}}]}
            training: {every: 2h, window: 1d, minimumRecords: 1_000, minimumLabels: 5,
                       maximumRecords: 2000, seed: -7}
            kafka:
              bootstrap.servers: [a:1, b:2]
              security.protocol: SSL
              ssl: {keystore: {location: /k}, enabled.protocols: TLSv1.3}
            scoring: {batchSize: 64, deadline: 5ms, device: 'gpu:1', threads: 2,
                      exactlyOnce: false, baseline: false, stateDirectory: /state}
            http: {host: 0.0.0.0, port: 0}
            """);

    StreamDefinition stream = configuration.stream();
    assertThat(stream.name()).isEqualTo("network");
    assertThat(stream.source())
        .isEqualTo(
            new StreamDefinition.Source(
                "connections",
                Format.CSV,
                "host",
                "ts",
                List.of("ts", "host", "duration", "protocol", "bytes", "attack")));
    assertThat(stream.features())
        .containsExactly(
            Feature.number("duration"),
            Feature.category("protocol"),
            new Feature(
                "bytes", Feature.Type.NUMBER, Direction.HIGH, new MinimumDeviation(0, 0.2)));
    assertThat(stream.context()).isEqualTo(StreamDefinition.Context.of(100, 16, List.of("bytes")));
    assertThat(stream.labels())
        .isEqualTo(new StreamDefinition.Labels("attack", List.of("normal", "no"), "truth"));
    assertThat(stream.alerts())
        .isEqualTo(new StreamDefinition.Alerts(2, Duration.ofHours(1), Duration.ofSeconds(90)));
    assertThat(stream.augmentation())
        .isEqualTo(
            new StreamDefinition.Augmentation(
                Map.of("r2l", 0.1, "u2r", 0.025),
                2.5,
                true,
                StreamDefinition.BalanceJudge.BOOSTING,
                0.5,
                List.of(
                    new Constraint.Range("bytes", 0, Double.POSITIVE_INFINITY),
                    new Constraint.Inequality("duration", "bytes"),
                    new Constraint.Formula("bytes", Expression.parse("2 * duration"))),
                StreamDefinition.Generation.DEFAULT));
    assertThat(stream.training())
        .isEqualTo(
            new StreamDefinition.Training(
                Duration.ofHours(2), Duration.ofDays(1), 1_000, 5, 2_000, -7));
    assertThat(configuration.kafka())
        .isEqualTo(
            Map.of(
                "bootstrap.servers", "a:1,b:2",
                "security.protocol", "SSL",
                "ssl.keystore.location", "/k",
                "ssl.enabled.protocols", "TLSv1.3"));
    assertThat(configuration.scoring())
        .isEqualTo(
            new EddyConfiguration.Scoring(
                64, Duration.ofMillis(5), "gpu:1", 2, false, false, "/state"));
    assertThat(configuration.http()).isEqualTo(new EddyConfiguration.Http("0.0.0.0", 0));
  }

  @Test
  void refusesDetectionAndTimeContextThatNobodyOffers() {
    String yaml =
        """
        stream: s
        source: {topic: t}
        features: [f]
        context: {lags: [0, 1.5, 3], statistics: [slop], seasons: day}
        detection: {mode: one_class, detectors: [vae, knn], trim: 0.2, beta: -1, window: attention}
        kafka: {bootstrap.servers: b}
        """;

    assertThat(problems(yaml).stream().map(p -> p.key() + " " + p.message()))
        .containsExactly(
            "context.lags must be whole numbers from 1 to 1000, got 0",
            "context.lags must be whole numbers from 1 to 1000, got 1.5",
            "context.statistics must be one of spread, slope, minimum, maximum, got slop; did you"
                + " mean slope?",
            "detection.detectors must be one of vae, discriminator, neighbours, forest, histogram,"
                + " covariance, context, trees, clusters, vae-gan, bigan, got knn",
            "detection.mode must be one of auto, contaminated, one-class, got one_class; did you"
                + " mean one-class?",
            "detection.trim must be a percentage from 0% to 90%, got 0.2",
            "detection.beta must be a number >= 0, got -1");
  }

  @Test
  void refusesWhatHasNothingToWorkOn() {
    String yaml =
        """
        stream: s
        source: {topic: t}
        features: [f]
        context: {statistics: slope}
        detection: {window: convolution, detectors: []}
        kafka: {bootstrap.servers: b}
        """;

    assertThat(problems(yaml).stream().map(p -> p.key() + " " + p.message()))
        .containsExactly(
            "context.statistics needs a window of at least 2, got 0",
            "detection.detectors must name at least one detector",
            "detection.window needs context.lags to read, got convolution");
  }

  @Test
  void reportsAllProblemsTogetherEachWithItsKeyAndLine() {
    String yaml =
        """
        stream: net work
        source: {topic: connections, fromat: json}
        features:
          - duration
          - {name: protocol, type: categorie}
        context:
          rates: [durations]
        alerts: {cooldown: soon, webhooks: []}
        """;

    assertThat(problems(yaml))
        .containsExactly(
            new Problem(
                "stream",
                1,
                "must be 1 to 200 letters, digits, dots, underscores or hyphens, got net work"),
            new Problem("kafka.bootstrap.servers", 1, "must be set, for example localhost:9092"),
            new Problem("source.fromat", 2, "is not a known key; did you mean format?"),
            new Problem(
                "features[1].type",
                5,
                "must be one of number, category, got categorie; did you mean category?"),
            new Problem(
                "context.rates",
                7,
                "must name numbers among the features, got durations; did you mean duration?"),
            new Problem(
                "alerts.cooldown",
                8,
                "must be a duration from 0s to 3650d, such as 20ms, 10m, 1h or 7d, got soon"),
            new Problem("alerts.webhooks", 8, "is not a known key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "context: {halfLife: 0} | context.halfLife",
        "context: {window: -1} | context.window",
        "context: {rates: [f, f]} | context.rates",
        "context: [1] | context",
        "labels: {field: f} | labels.field",
        "labels: {field: l, normal: []} | labels.normal",
        "labels: {topic: 'a b'} | labels.topic",
        "alerts: {budget: 20} | alerts.budget",
        "alerts: {budget: 0 per day} | alerts.budget",
        "alerts: {budget: 20 per fortnight} | alerts.budget",
        "augmentation: {balance: {a: 60%, b: 50%}} | augmentation.balance",
        "augmentation: {balance: {a: 0%}} | augmentation.balance.a",
        "augmentation: {rate: fast} | augmentation.rate",
        "training: {every: 0s} | training.every",
        "training: {minimumRecords: 49} | training.minimumRecords",
        "training: {maximumRecords: 100} | training.maximumRecords",
        "training: {seed: x} | training.seed",
        "scoring: {batchSize: 0} | scoring.batchSize",
        "scoring: {deadline: 1h} | scoring.deadline",
        "scoring: {device: gpu} | scoring.device",
        "scoring: {exactlyOnce: yes} | scoring.exactlyOnce",
        "http: {port: 65536} | http.port",
        "http: {host: ''} | http.host",
        "stream: again | stream",
        "whatever: 1 | whatever",
      })
  void refusesWhatIsOutOfItsRange(String yaml, String key) {
    assertThat(problems(SMALLEST.formatted(yaml))).extracting(Problem::key).containsExactly(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | features",
        "[f, f] | features[1].name",
        "[{type: number}] | features[0].name",
        "[{name: c, type: category, direction: high}] | features[0].direction",
        "[{name: f, minimumDeviation: -1}] | features[0].minimumDeviation",
        "[{name: f, minimumDeviation: -1%}] | features[0].minimumDeviation",
        "[{name: f, minimumDeviation: much}] | features[0].minimumDeviation",
        "[{name: f, minDeviation: 1}] | features[0].minDeviation",
        "[t, f] | source.timestamp",
        "[f, g] | source.columns",
      })
  void refusesFeaturesThatCannotBe(String features, String key) {
    String yaml =
        "{stream: s, source: {topic: t, format: csv, timestamp: t, columns: [t, f, c]},"
            + " features: %s, kafka: {bootstrap.servers: b}}";

    assertThat(problems(yaml.formatted(features))).extracting(Problem::key).containsExactly(key);
  }

  @Test
  void wantsColumnsForCsvAndNoneForJson() {
    String source =
        "{stream: s, source: {topic: t, %s}, features: [f], kafka: {bootstrap.servers: b}}";

    assertThat(problems(source.formatted("format: csv")))
        .extracting(Problem::key)
        .containsExactly("source.columns");
    assertThat(problems(source.formatted("format: json, columns: [f]")))
        .extracting(Problem::key)
        .containsExactly("source.columns");
  }

  @Test
  void putsEnvironmentVariablesIntoValues() {
    EddyConfiguration configuration =
        DefinitionReader.parse(
            "test",
            """
            stream: ${NAME}
            source: {topic: "${PREFIX:a}-b"}
            features: [f]
            kafka:
              bootstrap.servers: ${BROKERS:localhost:9092}
              ssl.key.password: ${file:/secret:key}
              sasl.jaas.config: "x ${SECRET} y"
            http: {port: "${PORT}"}
            """,
            Map.of("NAME", "network", "SECRET", "$1 \\", "PORT", "81"));

    assertThat(configuration.stream().name()).isEqualTo("network");
    assertThat(configuration.stream().source().topic()).isEqualTo("a-b");
    assertThat(configuration.http().port()).isEqualTo(81);
    assertThat(configuration.kafka())
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("ssl.key.password", "${file:/secret:key}")
        .containsEntry("sasl.jaas.config", "x $1 \\ y");
  }

  @Test
  void namesUnsetVariablesAndShowsNoVariablesValue() {
    String yaml =
        """
        stream: s
        source: {topic: t}
        features: [f]
        kafka: {bootstrap.servers: "${BROKERS}"}
        http: {port: "${PORT}"}
        """;

    DefinitionException exception =
        catchThrowableOfType(
            DefinitionException.class,
            () -> DefinitionReader.parse("test", yaml, Map.of("PORT", "hunter2")));

    assertThat(exception)
        .hasMessageContaining("kafka.bootstrap.servers needs the environment variable BROKERS")
        .hasMessageContaining("http.port must be a whole number from 0 to 65535, got ${PORT}")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void neverPrintsKafkasValues() {
    EddyConfiguration configuration =
        DefinitionReader.parse(
            "test", SMALLEST.formatted("http: {}").replace(": b}", ": hunter2}"));

    assertThat(configuration.toString()).contains("bootstrap.servers").doesNotContain("hunter2");
  }

  @Test
  void readsTheStreamAloneWithoutKafka() {
    String yaml = "{stream: s, source: {topic: t}, features: [f]}";

    assertThat(DefinitionReader.parseStream("test", yaml).name()).isEqualTo("s");
    assertThatThrownBy(() -> DefinitionReader.parseStream("test", yaml.replace("]", "], http: 1")))
        .hasMessageContaining("http");
  }

  @Test
  void saysWhereTextIsNoYaml() {
    assertThat(problems("stream: s\nsource: {topic: t\nfeatures: [f]\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.line()).isBetween(2, 4))
        .satisfies(problem -> assertThat(problem.message()).startsWith("must be YAML"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "text", "[1]", "~"})
  void refusesTextThatIsNoConfigurationAtAll(String yaml) {
    assertThat(problems(yaml)).extracting(Problem::key).contains("stream", "features");
  }

  @Test
  void readsFilesAndSaysWhichOneIsNotThere(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("eddy.yaml");
    Files.writeString(file, SMALLEST.formatted("http: {port: 1}"));

    assertThat(DefinitionReader.read(file).http().port()).isEqualTo(1);
    assertThat(DefinitionReader.readStream(file).name()).isEqualTo("s");
    assertThatThrownBy(() -> DefinitionReader.read(folder.resolve("none.yaml")))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("no such file");
  }

  private static List<Problem> problems(String yaml) {
    DefinitionException exception =
        catchThrowableOfType(
            DefinitionException.class, () -> DefinitionReader.parse("test", yaml, Map.of()));
    assertThat(exception).as("problems of %s", yaml).isNotNull();
    return exception.problems();
  }

  @Test
  void reportsEveryProblemOfTheRulesForSyntheticRecords() {
    // given
    String rules =
        """
        features: [duration, bytes, {name: protocol, type: category}],
        augmentation: {balanceCap: 0, balanceJudge: trees, labelConsistency: 1, constraints: [
          {range: {field: duratoin, min: 0}},
          {range: {field: bytes, min: 5, max: 1}},
          {range: {field: bytes}},
          {integer: {field: protocol}},
          {categories: {field: protocol}},
          {inequality: {low: bytes, high: bytes}},
          {formula: {field: bytes, equals: duration +}},
          {formula: {field: bytes, equals: bytes + durations}},
          {combination: {fields: [protocol]}},
          {combination: {fields: [protocol, portocol]}},
          {rang: {field: bytes, min: 0}},
          {integer: {field: bytes}, range: {field: bytes, min: 0}}]}
        """;

    // when
    DefinitionException exception =
        catchThrowableOfType(
            DefinitionException.class,
            () ->
                DefinitionReader.parse(
                    "t", SMALLEST.formatted(rules).replace("features: [f], ", "")));

    // then
    String key = "augmentation.constraints[%d]%s";
    assertThat(exception.problems().stream().map(Problem::key))
        .containsExactlyInAnyOrder(
            "augmentation.balanceCap",
            "augmentation.balanceJudge",
            "augmentation.labelConsistency",
            key.formatted(0, ".range.field"),
            key.formatted(1, ".range.min"),
            key.formatted(2, ".range.min"),
            key.formatted(3, ".integer.field"),
            key.formatted(4, ".categories.values"),
            key.formatted(5, ".inequality.high"),
            key.formatted(6, ".formula.equals"),
            key.formatted(7, ".formula.equals"),
            key.formatted(7, ".formula.equals"),
            key.formatted(8, ".combination.fields"),
            key.formatted(9, ".combination.fields"),
            key.formatted(10, ".rang"),
            key.formatted(10, ""),
            key.formatted(11, ".integer"));
    assertThat(exception)
        .hasMessageContaining("got duratoin; did you mean duration?")
        .hasMessageContaining("is not a known key; did you mean range?")
        .hasMessageContaining("at character 11, got duration +");
  }

  @Test
  void refusesFormulasThatNeedTheirOwnResultAndASecondOneOfAField() {
    String rules =
        """
        features: [a, b, c],
        augmentation: {constraints: [
          {formula: {field: c, equals: a + b}},
          {formula: {field: b, equals: c * 0.5}},
          {formula: {field: c, equals: a * 2}},
          {formula: {field: c, equals: a + b}}]}
        """;

    List<Problem> problems = problems(SMALLEST.formatted(rules).replace("features: [f], ", ""));

    String key = "augmentation.constraints[%d]%s";
    assertThat(problems.stream().map(Problem::key))
        .containsExactly(
            key.formatted(1, ".formula.equals"),
            key.formatted(2, ".formula.equals"),
            key.formatted(3, ""));
    assertThat(problems.get(0).message())
        .isEqualTo("must not need its own result, got b from c from b");
    assertThat(problems.get(1).message())
        .isEqualTo("must be the only formula of its field, got another of c");
  }
}

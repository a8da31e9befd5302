package dev.eddy.cli.generate;

import dev.eddy.augmentation.Guidance;
import dev.eddy.cli.shell.ConfigurationOption;
import dev.eddy.cli.shell.ExitStatus;
import dev.eddy.cli.shell.OutputFile;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.cli.topic.TopicReader;
import dev.eddy.definition.EddyConfiguration;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.event.Coordinates;
import dev.eddy.kafka.KafkaSettings;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.AugmentationRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy generate}: asks the champion's generator for records, and waits for them. */
@Command(
    name = "generate",
    description = "Ask the model that serves for synthetic records of a class, and wait for them.",
    mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 100_000;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Option(
      names = "--class",
      paramLabel = "C",
      required = true,
      description = "The class, as labels name it.")
  private String labelClass = "";

  @Option(names = "--rows", paramLabel = "N", required = true, description = "How many records.")
  private int rows;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same class, rows, seed and model give the same records (default: 0).")
  private long seed;

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "A value that every record must have; may be given more than once.")
  private Map<String, String> fixed = Map.of();

  @Option(
      names = "--between",
      arity = "2",
      paramLabel = "TOPIC-PARTITION-OFFSET",
      description = "Two records of the source: go the way from one to the other.")
  private List<String> between = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write, also as .gz (default: standard output).")
  private @Nullable Path output;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).")
  private int waitSeconds;

  /** Created by picocli. */
  public GenerateCommand() {}

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new UsageException("--rows must be in [1, %d], got %d".formatted(MOST_ROWS, rows));
    }
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    EddyConfiguration read = configuration.read();
    KafkaSettings settings = KafkaSettings.of(read);
    Topics topics = Topics.of(read.stream());
    List<String> ends = ends(settings, topics.source());
    String id = UUID.randomUUID().toString();
    Answer answer = new Answer(id, rows, topics);
    boolean complete;
    TopicReader reader =
        TopicReader.start(
            settings,
            "eddy-generate",
            List.of(topics.synthetic(), topics.syntheticRejected()),
            TopicReader.From.NOW,
            answer::read);
    try {
      ask(settings, topics.augmentationRequests(), id, ends);
      complete = answer.await(Duration.ofSeconds(waitSeconds));
    } finally {
      reader.close();
    }
    write(answer.records(), read.stream().source(), commandLine.getOut());
    return conclude(answer, complete, commandLine.getErr());
  }

  private List<String> ends(KafkaSettings settings, String source) {
    List<String> ends = new ArrayList<>();
    for (String text : between) {
      Coordinates coordinates;
      try {
        coordinates = Coordinates.parse(text);
      } catch (IllegalArgumentException e) {
        throw new UsageException(
            "--between must be coordinates as " + source + "-0-123, got " + text);
      }
      ends.add(SourceRecords.fetch(settings, coordinates));
    }
    return ends;
  }

  private void ask(KafkaSettings settings, String topic, String id, List<String> ends)
      throws InterruptedException {
    AugmentationRequest request =
        new AugmentationRequest(
            id,
            labelClass,
            rows,
            seed,
            System.getProperty("user.name"),
            Clock.systemUTC().millis(),
            fixed,
            ends);
    byte[] value = SchemaJson.of(AugmentationRequest.class).write(request);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.producer("eddy-generate"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, id.getBytes(StandardCharsets.UTF_8), value)).get();
    } catch (ExecutionException e) {
      throw new KafkaException("request could not be written to " + topic, e.getCause());
    }
  }

  private void write(List<String> records, Source source, PrintWriter out) throws IOException {
    List<String> lines = new ArrayList<>();
    if (source.format() == Format.CSV && output != null) {
      lines.add(String.join(",", source.columns()));
    }
    records.forEach(line -> lines.add(line.strip()));
    if (output == null) {
      lines.forEach(out::println);
    } else if (!records.isEmpty()) {
      OutputFile.write(output, lines);
    }
  }

  private Integer conclude(Answer answer, boolean complete, PrintWriter err) {
    int received = answer.records().size();
    if (complete && answer.refusals().isEmpty()) {
      if (!fixed.isEmpty()) {
        err.printf("fixed values: by %s, from what the model draws anyway%n", Guidance.METHOD);
      }
      return ExitStatus.OK;
    }
    String reason =
        answer.refusals().isEmpty()
            ? "no more came within %d s; does eddy run work on this stream?".formatted(waitSeconds)
            : String.join("; ", answer.refusals());
    answer
        .rejected()
        .forEach((rule, number) -> err.printf("%s: %,d candidates rejected%n", rule, number));
    err.printf("eddy generate: %d of %d records of %s: %s%n", received, rows, labelClass, reason);
    return ExitStatus.NO;
  }
}

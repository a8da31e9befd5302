package dev.eddy.stream.augmentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.event.EventCodecs;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.AugmentationRejection;
import dev.eddy.schema.AugmentationRequest;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.ChampionGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one task, one after the other and {@value #CHUNK_ROWS} rows at a time: a
 * request for 100,000 rows must not hold up the scoring that shares its thread. What is open is
 * kept in a store, so that each row is published exactly once also over a restart.
 *
 * <p>A request that cannot be answered, wholly or from some row on, is refused with its reasons at
 * once. So is a request that comes before there is a model: whoever asks can ask again, and sees
 * why. The same request gets the same rows from the same model; one that is still open when a
 * champion changes gets its further rows from the new one, and each row names its model.
 */
final class AugmentationTask {
  private static final Logger LOG = LoggerFactory.getLogger(AugmentationTask.class);
  static final int CHUNK_ROWS = 256;
  static final int MOST_ROWS = 100_000;
  static final Duration PAUSE = Duration.ofMillis(50);
  private static final String NO_MODEL = "none";

  private final ProcessorContext<String, Object> context;
  private final AugmentationParts parts;
  private final SchemaJson<AugmentationRequest> json = SchemaJson.of(AugmentationRequest.class);
  private final SyntheticRecords records;
  private final KeyValueStore<Long, byte[]> open;
  private @Nullable Cancellable alarm;
  private @Nullable ModelVersion generatorVersion;
  private @Nullable Generator generator;

  AugmentationTask(ProcessorContext<String, Object> context, AugmentationParts parts) {
    this.context = context;
    this.parts = parts;
    this.records =
        new SyntheticRecords(
            EventCodecs.of(parts.definition()), parts.timestamps(), parts.definition());
    this.open = context.getStateStore(parts.requestStore());
    if (first() != null) {
      resume();
    }
  }

  void process(Record<byte @Nullable [], byte @Nullable []> record) {
    AugmentationRequest request;
    try {
      byte[] value = record.value();
      if (value == null) {
        return; // a request taken back by its key; what was answered stays answered
      }
      request = json.read(value);
    } catch (SerializationException e) {
      reject(idOf(record), "", 0, List.of(String.valueOf(e.getMessage())));
      return;
    }
    List<String> reasons = refusals(request);
    if (!reasons.isEmpty()) {
      reject(request.getId(), request.getLabelClass(), request.getRows(), reasons);
      return;
    }
    boolean idle = first() == null;
    open.put(offset(), new OpenRequest(request, 0).toBytes());
    if (idle) {
      work();
    }
  }

  private long offset() {
    return context.recordMetadata().orElseThrow().offset();
  }

  private String idOf(Record<byte @Nullable [], byte @Nullable []> record) {
    byte[] key = record.key();
    return key == null ? "offset-" + offset() : new String(key, UTF_8);
  }

  private List<String> refusals(AugmentationRequest request) {
    int rows = request.getRows();
    if (rows < 1 || rows > MOST_ROWS) {
      return List.of("rows must be in 1 to %d, got %d".formatted(MOST_ROWS, rows));
    }
    Champion champion = parts.champions().get();
    if (champion == null) {
      return List.of("there must be a model, and none serves yet");
    }
    ChampionGenerator source = champion.generator();
    if (source == null) {
      return List.of(
          "model %s must have a generator: it was trained on too few labelled records"
              .formatted(champion.version()));
    }
    String label = request.getLabelClass();
    if (!source.classes().contains(label)) {
      return List.of("class must be one of %s, got %s".formatted(source.classes(), label));
    }
    return source.refusals().apply(label);
  }

  private @Nullable KeyValue<Long, byte[]> first() {
    try (KeyValueIterator<Long, byte[]> requests = open.all()) {
      return requests.hasNext() ? requests.next() : null;
    }
  }

  /** Answers one chunk of the oldest open request. */
  private void work() {
    KeyValue<Long, byte[]> oldest = first();
    if (oldest == null) {
      pause();
      return;
    }
    OpenRequest request = OpenRequest.fromBytes(oldest.value);
    List<String> reasons = refusals(request.request()); // the champion may have changed
    OpenRequest next =
        reasons.isEmpty() ? publish(request) : request.advancedBy(request.remaining());
    if (!reasons.isEmpty()) {
      reject(request, request.remaining(), reasons);
    }
    if (next.remaining() > 0) {
      open.put(oldest.key, next.toBytes());
    } else {
      open.delete(oldest.key);
    }
    if (first() == null) {
      pause();
    } else {
      resume();
    }
  }

  private OpenRequest publish(OpenRequest open) {
    AugmentationRequest request = open.request();
    Champion champion = requireNonNull(parts.champions().get(), "champion");
    ChampionGenerator source = requireNonNull(champion.generator(), "generator");
    int count = Math.min(CHUNK_ROWS, open.remaining());
    long seed = ChunkSeed.of(request.getSeed(), open.done() / CHUNK_ROWS);
    List<SyntheticRow> rows;
    List<String> reasons;
    try {
      rows = generatorOf(champion, source).generate(request.getLabelClass(), count, seed);
      reasons = source.check().apply(rows);
    } catch (RuntimeException e) { // whatever an engine throws: scoring must not stop over it
      LOG.atWarn()
          .addKeyValue("modelVersion", champion.version())
          .setCause(e)
          .log("generator failed");
      closeGenerator();
      reject(open, open.remaining(), List.of("generator failed: " + e.getMessage()));
      return open.advancedBy(open.remaining());
    }
    if (reasons.isEmpty()) {
      for (int i = 0; i < rows.size(); i++) {
        context.forward(
            records.of(
                rows.get(i), request, open.done() + i, champion.version(), parts.clock().millis()),
            parts.publishedNode());
      }
      parts.metrics().syntheticPublished(rows.size());
    } else {
      reject(open, count, reasons);
    }
    return open.advancedBy(count);
  }

  private Generator generatorOf(Champion champion, ChampionGenerator source) {
    Generator current = generator;
    if (current == null || !Objects.equals(generatorVersion, champion.version())) {
      closeGenerator();
      current = source.generators().get();
      generator = current;
      generatorVersion = champion.version();
    }
    return current;
  }

  private void reject(OpenRequest open, int rows, List<String> reasons) {
    reject(open.request().getId(), open.request().getLabelClass(), rows, reasons);
  }

  private void reject(String id, String label, int rows, List<String> reasons) {
    Champion champion = parts.champions().get();
    long now = parts.clock().millis();
    var rejection =
        AugmentationRejection.newBuilder()
            .setId(id)
            .setLabelClass(label)
            .setRows(rows)
            .setModelVersion(champion == null ? NO_MODEL : champion.version().value())
            .setReasons(reasons)
            .setTimestamp(now)
            .build();
    parts.metrics().syntheticRejected(Math.max(0, rows));
    context.forward(new Record<>(id, rejection, now, new RecordHeaders()), parts.rejectedNode());
  }

  /** Only while requests are open: a punctuation makes Streams commit, which costs when idle. */
  private void resume() {
    if (alarm == null) {
      alarm = context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, now -> work());
    }
  }

  private void pause() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private void closeGenerator() {
    if (generator != null) {
      generator.close();
      generator = null;
    }
  }

  void close() {
    pause();
    closeGenerator();
  }
}

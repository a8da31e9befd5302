package dev.eddy.stream.augmentation;

import static dev.eddy.stream.augmentation.AugmentationRequests.MOST_BYTES;
import static dev.eddy.stream.augmentation.AugmentationRequests.MOST_ROWS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.eddy.augmentation.ChunkSeed;
import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.Guidance;
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
 * <p>Where the definition has rules, or a request fixes values, each chunk is a number of
 * candidates, of which those are published that keep them; when too many candidates were needed,
 * what is still missing is refused, with the rejections by rule.
 *
 * <p>A request that cannot be answered, wholly or from some row on, is refused with its reasons at
 * once. So is a request that comes before there is a model: whoever asks can ask again, and sees
 * why. The same request gets the same rows from the same model; one that is still open when a
 * champion changes gets its further rows from the new one, and each row names its model.
 */
final class AugmentationTask {
  private static final Logger LOG = LoggerFactory.getLogger(AugmentationTask.class);
  static final int CHUNK_ROWS = 256;
  static final Duration PAUSE = Duration.ofMillis(50);
  private static final String NO_MODEL = "none";
  private static final String INTERPOLATION = "interpolation";

  private static final int LONGEST_ID = 1_000;

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
      if (value.length > MOST_BYTES) {
        String rule = "request must have at most %d bytes, got %d";
        reject(idOf(record), "", 0, List.of(rule.formatted(MOST_BYTES, value.length)));
        return;
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
    open.put(offset(), OpenRequest.of(request).toBytes());
    if (idle) {
      work();
    }
  }

  private long offset() {
    return context.recordMetadata().orElseThrow().offset();
  }

  private String idOf(Record<byte @Nullable [], byte @Nullable []> record) {
    byte[] key = record.key();
    return key == null || key.length > LONGEST_ID ? "offset-" + offset() : new String(key, UTF_8);
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
    List<String> reasons = source.refusals().apply(label);
    return reasons.isEmpty() ? refusalsOfGuidance(request, source) : reasons;
  }

  private List<String> refusalsOfGuidance(AugmentationRequest request, ChampionGenerator source) {
    int given = request.getBetween().size();
    if (given > 0 && (given != 2 || request.getRows() < 2 || request.getRows() > CHUNK_ROWS)) {
      return List.of(
          "between must have 2 records and 2 to %d rows, got %d and %d"
              .formatted(CHUNK_ROWS, given, request.getRows()));
    }
    if (given > 0 && !request.getFixed().isEmpty()) {
      return List.of("between must come without fixed values, got " + request.getFixed().keySet());
    }
    try {
      Guidance unused = source.guidance().apply(request.getFixed());
      for (String record : request.getBetween()) {
        SyntheticRow unusedEnd = records.read(record, request.getLabelClass());
      }
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
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
    Champion champion = requireNonNull(parts.champions().get(), "champion");
    ChampionGenerator source = requireNonNull(champion.generator(), "generator");
    Guidance guidance = source.guidance().apply(open.request().getFixed());
    List<SyntheticRow> rows;
    List<String> reasons;
    OpenRequest drawn;
    try {
      List<SyntheticRow> candidates = candidates(open, guidance, generatorOf(champion, source));
      Guidance.Kept kept = guidance.keep(candidates);
      drawn = open.drawn(candidates.size(), kept.rejected());
      kept.rejected().forEach(parts.metrics()::candidatesRejected);
      rows = kept.rows().subList(0, Math.min(open.remaining(), kept.rows().size()));
      boolean shaped = !guidance.isFixed() && open.request().getBetween().isEmpty();
      reasons = rows.isEmpty() ? List.of() : source.check().reasons(rows, shaped);
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
      forward(open, rows, champion, guidance);
    } else {
      reject(drawn, rows.size(), reasons);
    }
    return boundedBy(guidance, drawn.advancedBy(rows.size()));
  }

  /** Draws the next chunk; where rows may be rejected, always a whole one. */
  private static List<SyntheticRow> candidates(
      OpenRequest open, Guidance guidance, List<SyntheticRow> ends, Generator generator) {
    AugmentationRequest request = open.request();
    if (!ends.isEmpty()) {
      return generator.between(ends.get(0), ends.get(1), request.getRows(), request.getSeed());
    }
    int count = guidance.isFree() ? Math.min(CHUNK_ROWS, open.remaining()) : CHUNK_ROWS;
    long seed = ChunkSeed.of(request.getSeed(), open.chunks());
    return generator.generate(request.getLabelClass(), count, seed);
  }

  private List<SyntheticRow> candidates(OpenRequest open, Guidance guidance, Generator generator) {
    List<SyntheticRow> ends =
        open.request().getBetween().stream()
            .map(record -> records.read(record, open.request().getLabelClass()))
            .toList();
    return candidates(open, guidance, ends, generator);
  }

  private void forward(
      OpenRequest open, List<SyntheticRow> rows, Champion champion, Guidance guidance) {
    String method =
        !open.request().getBetween().isEmpty()
            ? INTERPOLATION
            : guidance.isFree() ? null : Guidance.METHOD;
    for (int i = 0; i < rows.size(); i++) {
      context.forward(
          records.of(
              rows.get(i),
              open.request(),
              open.done() + i,
              champion.version(),
              method,
              parts.clock().millis()),
          parts.publishedNode());
    }
    parts.metrics().syntheticPublished(rows.size());
  }

  /** Refuses what is missing when no more candidates may be drawn for it. */
  private OpenRequest boundedBy(Guidance guidance, OpenRequest open) {
    int rows = open.request().getRows();
    boolean once = !open.request().getBetween().isEmpty();
    if (open.remaining() == 0 || (!once && open.candidates() < guidance.mostCandidates(rows))) {
      return open;
    }
    reject(
        open,
        open.remaining(),
        List.of(Guidance.shortfall(rows, open.done(), open.candidates(), open.rejected())));
    return open.advancedBy(open.remaining());
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
    AugmentationRequest request = open.request();
    reject(
        rejection(request.getId(), request.getLabelClass(), rows, reasons)
            .setCandidates(open.candidates())
            .setRejectedByRule(open.rejected())
            .build());
  }

  private void reject(String id, String label, int rows, List<String> reasons) {
    reject(rejection(id, label, rows, reasons).build());
  }

  private AugmentationRejection.Builder rejection(
      String id, String label, int rows, List<String> reasons) {
    Champion champion = parts.champions().get();
    return AugmentationRejection.newBuilder()
        .setId(id)
        .setLabelClass(label)
        .setRows(rows)
        .setModelVersion(champion == null ? NO_MODEL : champion.version().value())
        .setReasons(reasons)
        .setTimestamp(parts.clock().millis());
  }

  private void reject(AugmentationRejection rejection) {
    parts.metrics().syntheticRejected(Math.max(0, rejection.getRows()));
    context.forward(
        new Record<>(rejection.getId(), rejection, rejection.getTimestamp(), new RecordHeaders()),
        parts.rejectedNode());
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

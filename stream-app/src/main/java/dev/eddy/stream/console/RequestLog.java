package dev.eddy.stream.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.kafka.SchemaJson;
import dev.eddy.kafka.Topics;
import dev.eddy.schema.AugmentationRejection;
import dev.eddy.schema.AugmentationRequest;
import dev.eddy.stream.augmentation.SyntheticHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of the latest requests for synthetic records, as their topics tell it: so every
 * process of the stream tells the same. Safe for use by several threads.
 */
public final class RequestLog {
  /** Records of each partition that are looked back at when a process starts. */
  public static final int BACK = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final int CAPACITY = 500;

  private final Topics topics;
  private final SchemaJson<AugmentationRequest> requests = SchemaJson.of(AugmentationRequest.class);
  private final SchemaJson<AugmentationRejection> rejections =
      SchemaJson.of(AugmentationRejection.class);
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** What is known of one request; the parts may come in any order. */
  private static final class Entry {
    private @Nullable AugmentationRequest request;
    private int rowsSeen; // one more than the place of the last row seen
    private int refused;
    private final List<String> reasons = new ArrayList<>();
    private Map<String, Long> rejectedByRule = Map.of();
    private @Nullable String model;
    private @Nullable String guidance;
  }

  /** Makes an empty log. */
  public RequestLog(Topics topics) {
    this.topics = topics;
  }

  /** Returns the topics that it has to hear of. */
  public static List<String> topicsOf(Topics topics) {
    return List.of(topics.augmentationRequests(), topics.synthetic(), topics.syntheticRejected());
  }

  /** Takes a record of one of the topics. Taking one again changes nothing but a refusal's rows. */
  public synchronized void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(topics.augmentationRequests())) {
        AugmentationRequest request = requests.read(record.value());
        entry(request.getId()).request = request;
      } else if (record.topic().equals(topics.syntheticRejected())) {
        addRejection(rejections.read(record.value()));
      } else {
        addSynthetic(record);
      }
    } catch (SerializationException | NumberFormatException e) {
      LOG.atDebug().addKeyValue("topic", record.topic()).log("a record that tells of no request");
    }
  }

  private void addRejection(AugmentationRejection rejection) {
    Entry entry = entry(rejection.getId());
    entry.refused += Math.max(0, rejection.getRows());
    for (String reason : rejection.getReasons()) {
      if (!entry.reasons.contains(reason)) {
        entry.reasons.add(reason);
      }
    }
    if (!rejection.getRejectedByRule().isEmpty()) {
      entry.rejectedByRule = Map.copyOf(rejection.getRejectedByRule());
    }
    entry.model = rejection.getModelVersion();
  }

  private void addSynthetic(ConsumerRecord<byte[], byte[]> record) {
    String id = header(record, SyntheticHeaders.REQUEST);
    String row = header(record, SyntheticHeaders.ROW);
    if (id != null && row != null) {
      Entry entry = entry(id);
      entry.rowsSeen = Math.max(entry.rowsSeen, Integer.parseInt(row) + 1);
      entry.model = header(record, SyntheticHeaders.MODEL);
      entry.guidance = header(record, SyntheticHeaders.GUIDANCE);
    }
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      entry = new Entry();
      entries.put(id, entry);
      if (entries.size() > CAPACITY) {
        var oldest = entries.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    return entry;
  }

  /** Returns what became of a request; empty: nobody knows it. */
  public synchronized Optional<RequestStatus> find(String id) {
    return Optional.ofNullable(entries.get(id)).map(entry -> status(id, entry));
  }

  /** Returns the latest requests, newest first. */
  public synchronized List<RequestStatus> latest(int limit) {
    List<RequestStatus> latest = new ArrayList<>();
    entries.forEach((id, entry) -> latest.add(0, status(id, entry)));
    return List.copyOf(latest.subList(0, Math.min(limit, latest.size())));
  }

  private static RequestStatus status(String id, Entry entry) {
    AugmentationRequest request = entry.request;
    int rows = request == null ? Math.max(entry.rowsSeen, entry.refused) : request.getRows();
    // Places count refused rows too, but those at the end have no row behind them.
    int answered = Math.max(entry.rowsSeen, Math.min(rows, entry.refused));
    int published = Math.max(0, Math.min(entry.rowsSeen, rows - entry.refused));
    boolean done = published + entry.refused >= rows;
    String state =
        done
            ? entry.refused == 0 ? "done" : published == 0 ? "refused" : "partly refused"
            : answered == 0 ? "waiting" : "working";
    return new RequestStatus(
        id,
        state,
        request == null ? null : request.getLabelClass(),
        rows,
        published,
        Math.min(rows, entry.refused),
        request == null ? null : request.getSeed(),
        request == null ? null : request.getWho(),
        request == null ? null : request.getTimestamp(),
        request == null ? Map.of() : request.getFixed(),
        entry.model,
        entry.guidance,
        entry.reasons,
        entry.rejectedByRule);
  }
}

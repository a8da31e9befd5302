package dev.eddy.trainer.collection;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Training;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContexts;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.schema.Verdict;
import dev.eddy.trainer.collection.Evidence.RaisedAlert;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings records and labels together, whichever comes first, and fills the training set. An
 * instance belongs to one thread.
 */
public final class Collector {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final int NEWEST = 300;
  private static final int STREAM_SAMPLE = 5_000;
  private static final int RECORDS_A_MOVE = 10_000;
  private static final String UNREADABLE =
      "the record cannot be read as the stream's definition says";

  /** Gets every record that has a label from the labels topic, with that label. */
  public interface LabelledSink {
    /** Keeps a labelled record; may get the same one again. */
    void keep(SourceRecord record, KnownLabel label);

    /** Says that a label's record is nowhere any more; may hear so again. */
    void gone(Coordinates coordinates, KnownLabel label, String detail);

    /** Lets go of a record whose label was taken back. */
    void forget(Coordinates coordinates);
  }

  private final StreamDefinition definition;
  private final LabelledSink labelled;
  private final EventCodec codec;
  private final EntityContexts contexts;
  private final CollectorLimits limits;
  private final RecentRecords recent;
  private final LabelBook labels;
  private final RecentRecords alarming;
  private final RecentTimes times;
  private final TrainingWindow set;
  private final TrainingWindow stream;
  private final Deque<Observation> newest = new ArrayDeque<>();
  private Consumer<Observation> observer = observation -> {};
  private final Map<Coordinates, RaisedAlert> alerts = new LinkedHashMap<>();
  private final WantedRecords wanted;
  private final SortedMap<Integer, Span> spans = new TreeMap<>();
  private long events;
  private long malformed;
  private long goneLabels;
  private long appliedLabels;
  private long conflictingLabels;
  private @Nullable ServingChampion champion;
  private VerdictTally tally = VerdictTally.NONE;
  private long talliedAt = -1;

  /** From where to where a partition was read; {@code next} is the offset behind the last. */
  private record Span(long first, long next) {}

  /** Makes a collector that has seen nothing. */
  public Collector(StreamDefinition definition, LabelledSink labelled, Clock clock) {
    this(definition, labelled, CollectorLimits.DEFAULT, clock);
  }

  Collector(
      StreamDefinition definition, LabelledSink labelled, CollectorLimits limits, Clock clock) {
    this.times = new RecentTimes(clock);
    this.definition = definition;
    this.limits = requireNonNull(limits, "limits");
    this.recent = new RecentRecords(limits.recentRecords(), limits.recentBytes());
    this.labels = new LabelBook(limits.labels());
    this.wanted = new WantedRecords(limits.labels());
    this.labelled = requireNonNull(labelled, "labelled");
    this.codec = EventCodecs.of(definition);
    this.contexts = new EntityContexts(ContextLayout.of(definition), limits.entities());
    this.alarming = new RecentRecords(limits.alerts(), limits.recentBytes());
    Training training = definition.training();
    var slices = new WindowSlices(training.window().toMillis());
    this.set =
        new TrainingWindow(
            training.maximumRecords(), training.limits().entityShare(), training.seed(), slices);
    this.stream = new TrainingWindow(STREAM_SAMPLE, 1, training.seed(), slices);
  }

  /** Says where reading of a partition of the source begins. */
  public void begin(int partition, long offset) {
    spans.put(partition, new Span(offset, offset));
  }

  /** Takes the next record of its partition. */
  public void accept(SourceRecord record) {
    Coordinates coordinates = record.coordinates();
    spans.compute(
        coordinates.partition(),
        (partition, span) ->
            new Span(span == null ? coordinates.offset() : span.first(), coordinates.offset() + 1));
    wanted.reached(coordinates);
    Event event = decode(record);
    if (event == null) {
      malformed++;
      if (labels.find(coordinates) != null) {
        gone(coordinates, UNREADABLE);
      }
      return;
    }
    events++;
    times.add(event, record.timestamp());
    if (events % RECORDS_A_MOVE == 0) {
      times.now().ifPresent(this::moveTo);
    }
    Observation observation = contexts.observe(event);
    recent.add(record, observation);
    if (alerts.containsKey(coordinates)) {
      alarming.add(record, observation);
    }
    if (!isAnomalous(event)) {
      stream.put(new Sample(observation, Truth.UNKNOWN, null), timeOf(record, event));
      newest.addLast(observation);
      if (newest.size() > NEWEST) {
        newest.removeFirst();
      }
      observer.accept(observation);
    }
    KnownLabel label = labels.find(coordinates);
    set.put(sample(observation, label), timeOf(record, event));
    if (label != null) {
      appliedLabels++;
      labelled.keep(record, label);
    }
  }

  private static long timeOf(SourceRecord record, Event event) {
    return RecentTimes.timeOf(event, record.timestamp());
  }

  /** Says at what time the stream stands: where the training window ends. */
  public void moveTo(long now) {
    set.moveTo(now);
    stream.moveTo(now);
  }

  private boolean isAnomalous(Event event) {
    return event.label() != null && !definition.labels().normal().contains(event.label());
  }

  /** Sets who sees each record of the source but those that are labelled anomalous in it. */
  public void observer(Consumer<Observation> seeing) {
    observer = seeing;
  }

  private @Nullable Event decode(SourceRecord record) {
    var decoded =
        codec.decode(record.key(), record.value(), record.timestamp(), record.coordinates());
    return decoded instanceof Event event ? event : null;
  }

  /**
   * Takes a label; it takes the place of an earlier one for the same record. Where the record is
   * not in memory and will not come any more, it is put on the list of {@link #nextWanted}.
   *
   * @return whether it says anything new of a record that may be there
   */
  public boolean accept(Coordinates coordinates, KnownLabel label) {
    KnownLabel earlier = labels.put(coordinates, label);
    if (label.equals(earlier)) {
      return false;
    }
    if (earlier != null && label.contradicts(earlier)) {
      conflictingLabels++;
      LOG.atWarn()
          .addKeyValue("coordinates", coordinates)
          .addKeyValue("earlier", earlier)
          .addKeyValue("later", label)
          .log("two people disagree about a record; the later label holds");
    }
    RecentRecords.Recent found = inMemory(coordinates);
    if (found != null) {
      Observation observation = found.observation();
      set.put(sample(observation, label), timeOf(found.record(), observation.event()));
      appliedLabels++;
      labelled.keep(found.record(), label);
    } else if (isAhead(coordinates)) {
      wanted.expect(coordinates);
    } else if (isOfSource(coordinates)) {
      set.find(coordinates).ifPresent(row -> set.replace(sample(row.observation(), label)));
      wanted.add(coordinates);
    } else {
      gone(coordinates, "the source topic has no such partition, or it is another topic");
      return false;
    }
    return true;
  }

  private boolean isOfSource(Coordinates coordinates) {
    return coordinates.topic().equals(definition.source().topic())
        && spans.containsKey(coordinates.partition());
  }

  private RecentRecords.@Nullable Recent inMemory(Coordinates coordinates) {
    RecentRecords.Recent found = recent.find(coordinates);
    return found == null ? alarming.find(coordinates) : found;
  }

  /** Takes a label back: the record is as its own label field says, or unlabelled again. */
  public void unlabel(Coordinates coordinates) {
    if (labels.remove(coordinates)) {
      wanted.remove(coordinates);
      labelled.forget(coordinates);
      set.find(coordinates).ifPresent(row -> set.replace(sample(row.observation(), null)));
    }
  }

  private boolean isAhead(Coordinates coordinates) {
    Span span = spans.get(coordinates.partition());
    return isOfSource(coordinates) && span != null && coordinates.offset() >= span.next();
  }

  /**
   * Returns the coordinates of a labelled record that has to be fetched. It stays wanted until it
   * is accepted, said to be gone, or unlabelled, whatever happens on the way.
   */
  public @Nullable Coordinates nextWanted() {
    return wanted.next();
  }

  /** Puts a wanted record behind the others. */
  public void postpone(Coordinates coordinates) {
    wanted.postpone(coordinates);
  }

  /**
   * Takes a labelled record that was fetched out of order. If the set still holds it, it keeps its
   * context; otherwise its context is not known, which its observation says by NaN.
   */
  public void acceptFetched(SourceRecord record) {
    wanted.remove(record.coordinates());
    KnownLabel label = labels.find(record.coordinates());
    if (label == null) {
      return;
    }
    if (decode(record) == null) {
      gone(record.coordinates(), UNREADABLE);
    } else {
      acceptKept(record, label);
      labelled.keep(record, label);
    }
  }

  /**
   * Takes a record that was kept with its label. Where the source brings it as well, it gets its
   * context then; compaction may have taken it from there.
   */
  public void acceptKept(SourceRecord record, KnownLabel label) {
    labels.put(record.coordinates(), label);
    Event event = decode(record);
    if (event == null) {
      malformed++;
      return;
    }
    Observation observation =
        set.find(record.coordinates())
            .map(Sample::observation)
            .orElseGet(() -> contexts.observeAlone(event));
    set.put(sample(observation, label), timeOf(record, event));
    appliedLabels++;
  }

  /** Hears that a label's record is nowhere any more. */
  public void gone(Coordinates coordinates, String detail) {
    wanted.remove(coordinates);
    goneLabels++;
    KnownLabel label = labels.find(coordinates);
    if (label != null) {
      labelled.gone(coordinates, label, detail);
    }
  }

  private Sample sample(Observation observation, @Nullable KnownLabel label) {
    String inline = observation.event().label();
    if (label == null && inline == null) {
      return new Sample(observation, Truth.UNKNOWN, null);
    }
    boolean normal =
        label == null
            ? definition.labels().normal().contains(inline)
            : label.truth() == Truth.NORMAL;
    if (normal) {
      return new Sample(observation, Truth.NORMAL, normalClass());
    }
    return new Sample(observation, Truth.ANOMALOUS, anomalyClass(label, inline));
  }

  /** The label's class; else the label field's, unless that one says "normal" and is wrong. */
  private @Nullable String anomalyClass(@Nullable KnownLabel label, @Nullable String inline) {
    if (label != null && label.labelClass() != null) {
      return label.labelClass();
    }
    return inline == null || definition.labels().normal().contains(inline) ? null : inline;
  }

  private String normalClass() {
    return definition.labels().normal().stream().findFirst().orElse("normal");
  }

  /** Returns the rows to train on now: of the window up to where the stream stands. */
  public TrainingSnapshot snapshot() {
    times.now().ifPresent(this::moveTo);
    List<Sample> rows = set.samples();
    List<Observation> sample =
        stream.samples().stream()
            .map(Sample::observation)
            .sorted(Comparator.comparingLong(row -> row.event().timestampMillis()))
            .toList();
    return new TrainingSnapshot(rows, sample, trainedOn(rows), evidence());
  }

  private SortedMap<String, String> trainedOn(List<Sample> rows) {
    Map<Integer, Long> first = new HashMap<>();
    rows.stream()
        .map(row -> row.observation().event().coordinates())
        .forEach(at -> first.merge(at.partition(), at.offset(), Math::min));
    SortedMap<String, String> trainedOn = new TreeMap<>();
    spans.forEach(
        (partition, span) ->
            trainedOn.put(
                definition.source().topic() + "-" + partition,
                TrainedOffsets.text(first.getOrDefault(partition, span.first()), span.next() - 1)));
    trainedOn.put("records", "%d read, %d in the training set".formatted(events, rows.size()));
    set.sizes().forEach((name, count) -> trainedOn.put("class " + name, count + " rows"));
    return trainedOn;
  }

  /** Returns the last 300 records of the source but those that are labelled anomalous in it. */
  public List<Observation> newest() {
    return List.copyOf(newest);
  }

  /** Takes an alert. At the limit the oldest is forgotten. */
  public void accept(RaisedAlert alert) {
    alerts.put(alert.record(), alert);
    RecentRecords.Recent found = recent.find(alert.record());
    if (found != null) {
      alarming.add(found.record(), found.observation()); // it is what people label, hours later
    }
    if (labels.find(alert.record()) != null) {
      talliedAt = -1; // the topics are read side by side, and its label came first
    }
    if (alerts.size() > limits.alerts()) {
      alerts.remove(alerts.keySet().iterator().next());
    }
  }

  private Evidence evidence() {
    return new Evidence(
        labels.of(Verdict.NEW_NORMAL), alerts.values().stream().filter(this::isNotWrong).toList());
  }

  private boolean isNotWrong(RaisedAlert alert) {
    KnownLabel label = labels.find(alert.record());
    return label == null || label.truth() == Truth.ANOMALOUS;
  }

  /**
   * Hears which version serves: what people say of its alerts, and of records behind those that it
   * was trained on, tells how good it is.
   *
   * @param serving null where there is no champion
   */
  public void champion(@Nullable ServingChampion serving) {
    if (!Objects.equals(serving, champion)) {
      champion = serving;
      talliedAt = -1;
    }
    if (talliedAt != labels.changes()) {
      talliedAt = labels.changes();
      tally =
          serving == null
              ? VerdictTally.NONE
              : labels.tally((record, verdict) -> isAbout(serving, record, verdict));
    }
  }

  /** An alarm is of the one that raised it; silence has nobody's name on it. */
  private boolean isAbout(ServingChampion serving, Coordinates record, Verdict verdict) {
    if (!isOfSource(record)) {
      return false;
    }
    RaisedAlert alert = verdict == Verdict.MISSED ? null : alerts.get(record);
    return alert == null
        ? record.offset() > serving.trainedTo().getOrDefault(record.partition(), -1L)
        : serving.versions().contains(alert.modelVersion());
  }

  /** Returns figures for people and metrics. */
  public CollectionStatus status() {
    return new CollectionStatus(
        events,
        malformed,
        appliedLabels,
        goneLabels,
        conflictingLabels,
        wanted.size(),
        labels.counts(),
        tally,
        set.sizes(),
        set.size(),
        set.isFull());
  }
}

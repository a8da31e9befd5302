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
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
  private final RecentTimes times = new RecentTimes();
  private final TrainingWindow set;
  private final TrainingWindow stream;
  private final Deque<Observation> newest = new ArrayDeque<>();
  private Consumer<Observation> observer = observation -> {};
  private final Map<Coordinates, RaisedAlert> alerts = new LinkedHashMap<>();
  private final Set<Coordinates> wanted = new LinkedHashSet<>();
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
  public Collector(StreamDefinition definition, LabelledSink labelled) {
    this(definition, labelled, CollectorLimits.DEFAULT);
  }

  Collector(StreamDefinition definition, LabelledSink labelled, CollectorLimits limits) {
    this.definition = definition;
    this.limits = requireNonNull(limits, "limits");
    this.recent = new RecentRecords(limits.recentRecords(), limits.recentBytes());
    this.labels = new LabelBook(limits.labels());
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
    Event event = decode(record);
    if (event == null) {
      malformed++;
      return;
    }
    events++;
    times.add(coordinates.partition(), event.timestampMillis());
    if (events % RECORDS_A_MOVE == 0) {
      times.now().ifPresent(this::moveTo);
    }
    Observation observation = contexts.observe(event);
    recent.add(record, observation);
    if (alerts.containsKey(coordinates)) {
      alarming.add(record, observation);
    }
    if (!isAnomalous(event)) {
      stream.put(new Sample(observation, Truth.UNKNOWN, null));
      newest.addLast(observation);
      if (newest.size() > NEWEST) {
        newest.removeFirst();
      }
      observer.accept(observation);
    }
    KnownLabel label = labels.find(coordinates);
    set.put(sample(observation, label));
    if (label != null) {
      appliedLabels++;
      labelled.keep(record, label);
    }
  }

  private void moveTo(long now) {
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
   * @return whether it says anything new
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
      set.put(sample(found.observation(), label));
      appliedLabels++;
      labelled.keep(found.record(), label);
    } else if (!isAhead(coordinates)) {
      set.find(coordinates).ifPresent(row -> set.put(sample(row.observation(), label)));
      want(coordinates);
    }
    return true;
  }

  private RecentRecords.@Nullable Recent inMemory(Coordinates coordinates) {
    RecentRecords.Recent found = recent.find(coordinates);
    return found == null ? alarming.find(coordinates) : found;
  }

  private void want(Coordinates coordinates) {
    boolean known =
        coordinates.topic().equals(definition.source().topic())
            && spans.containsKey(coordinates.partition());
    if (known) {
      wanted.add(coordinates);
      if (wanted.size() > limits.labels()) {
        wanted.remove(wanted.iterator().next()); // the label that came first is forgotten as well
      }
    } else {
      gone(coordinates, "the source topic has no such partition, or it is another topic");
    }
  }

  /** Takes a label back: the record is as its own label field says, or unlabelled again. */
  public void unlabel(Coordinates coordinates) {
    if (labels.remove(coordinates)) {
      wanted.remove(coordinates);
      labelled.forget(coordinates);
      set.find(coordinates).ifPresent(row -> set.put(sample(row.observation(), null)));
    }
  }

  private boolean isAhead(Coordinates coordinates) {
    Span span = spans.get(coordinates.partition());
    return coordinates.topic().equals(definition.source().topic())
        && span != null
        && coordinates.offset() >= span.next();
  }

  /**
   * Returns the coordinates of a labelled record that has to be fetched. It stays wanted until it
   * is accepted, said to be gone, or unlabelled, whatever happens on the way.
   */
  public @Nullable Coordinates nextWanted() {
    var iterator = wanted.iterator();
    return iterator.hasNext() ? iterator.next() : null;
  }

  /** Puts a wanted record behind the others. */
  public void postpone(Coordinates coordinates) {
    if (wanted.remove(coordinates)) {
      wanted.add(coordinates);
    }
  }

  /**
   * Takes a labelled record that was fetched out of order. If the set still holds it, it keeps its
   * context; otherwise its context is not known, which its observation says by NaN.
   */
  public void acceptFetched(SourceRecord record) {
    wanted.remove(record.coordinates());
    KnownLabel label = labels.find(record.coordinates());
    if (label != null) {
      acceptKept(record, label);
      labelled.keep(record, label);
    }
  }

  /** Takes a record that was kept with its label, unless the source itself will bring it. */
  public void acceptKept(SourceRecord record, KnownLabel label) {
    labels.put(record.coordinates(), label);
    if (isAhead(record.coordinates())) {
      return;
    }
    Event event = decode(record);
    if (event == null) {
      malformed++;
      return;
    }
    Observation observation =
        set.find(record.coordinates())
            .map(Sample::observation)
            .orElseGet(() -> contexts.observeAlone(event));
    set.put(sample(observation, label));
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

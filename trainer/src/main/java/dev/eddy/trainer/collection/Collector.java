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
import dev.eddy.trainer.collection.Evidence.RaisedAlert;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
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

  private final LabelRule rule;
  private final LabelledSink labelled;
  private final EventCodec codec;
  private final EntityContexts contexts;
  private final RecentRecords recent;
  private final LabelBook labels;
  private final RecentRecords alarming;
  private final RecentTimes times;
  private final TrainingWindow set;
  private final TrainingWindow stream;
  private final Deque<Observation> newest = new ArrayDeque<>();
  private Consumer<Observation> observer = observation -> {};
  private final AlertBook alerts;
  private final WantedRecords wanted;
  private final ReadSpans spans;
  private long events;
  private long malformed;
  private long goneLabels;
  private long appliedLabels;
  private long conflictingLabels;

  /** Makes a collector that has seen nothing. */
  public Collector(StreamDefinition definition, LabelledSink labelled, Clock clock) {
    this(definition, labelled, CollectorLimits.DEFAULT, clock);
  }

  Collector(
      StreamDefinition definition, LabelledSink labelled, CollectorLimits limits, Clock clock) {
    this.times = new RecentTimes(clock);
    this.rule = new LabelRule(definition.labels());
    this.spans = new ReadSpans(definition.source().topic());
    this.recent = new RecentRecords(limits.recentRecords(), limits.recentBytes());
    this.labels = new LabelBook(limits.labels());
    this.alerts = new AlertBook(labels, spans::isOfSource, limits.alerts());
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
    spans.begin(partition, offset);
  }

  /** Takes the next record of its partition. */
  public void accept(SourceRecord record) {
    Coordinates coordinates = record.coordinates();
    spans.reached(coordinates);
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
    if (alerts.has(coordinates)) {
      alarming.add(record, observation);
    }
    if (!rule.isAnomalous(event)) {
      stream.put(new Sample(observation, Truth.UNKNOWN, null), timeOf(record, event));
      newest.addLast(observation);
      if (newest.size() > NEWEST) {
        newest.removeFirst();
      }
      observer.accept(observation);
    }
    KnownLabel label = labels.find(coordinates);
    set.put(rule.sample(observation, label), timeOf(record, event));
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
      set.put(rule.sample(observation, label), timeOf(found.record(), observation.event()));
      appliedLabels++;
      labelled.keep(found.record(), label);
    } else if (spans.isAhead(coordinates)) {
      wanted.expect(coordinates);
    } else if (spans.isOfSource(coordinates)) {
      set.find(coordinates).ifPresent(row -> set.replace(rule.sample(row.observation(), label)));
      wanted.add(coordinates);
    } else {
      gone(coordinates, "the source topic has no such partition, or it is another topic");
      return false;
    }
    return true;
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
      set.find(coordinates).ifPresent(row -> set.replace(rule.sample(row.observation(), null)));
    }
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
    set.put(rule.sample(observation, label), timeOf(record, event));
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

  /** Returns the rows to train on now: of the window up to where the stream stands. */
  public TrainingSnapshot snapshot() {
    times.now().ifPresent(this::moveTo);
    List<Sample> rows = set.samples();
    List<Observation> sample =
        stream.samples().stream()
            .map(Sample::observation)
            .sorted(Comparator.comparingLong(row -> row.event().timestampMillis()))
            .toList();
    SortedMap<String, String> trainedOn = spans.trainedOn(rows);
    trainedOn.put("records", "%d read, %d in the training set".formatted(events, rows.size()));
    set.sizes().forEach((name, count) -> trainedOn.put("class " + name, count + " rows"));
    return new TrainingSnapshot(rows, sample, trainedOn, alerts.evidence());
  }

  /** Returns the last 300 records of the source but those that are labelled anomalous in it. */
  public List<Observation> newest() {
    return List.copyOf(newest);
  }

  /** Takes an alert. At the limit the oldest is forgotten. */
  public void accept(RaisedAlert alert) {
    alerts.add(alert);
    RecentRecords.Recent found = recent.find(alert.record());
    if (found != null) {
      alarming.add(found.record(), found.observation()); // it is what people label, hours later
    }
  }

  /**
   * Hears which version serves, which labels tell how good it is.
   *
   * @param serving null where there is no champion
   */
  public void champion(@Nullable ServingChampion serving) {
    alerts.champion(serving);
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
        alerts.tally(),
        set.sizes(),
        set.size(),
        set.isFull());
  }
}

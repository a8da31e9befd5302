package dev.eddy.stream.alert;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.schema.Alert;
import dev.eddy.stream.metrics.StreamMetrics;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns scores into alerts, by the {@link AlertPolicy} of each entity against the shared {@link
 * AlertThreshold}. Only a record that raises an alert is explained.
 */
public final class AlertProcessor implements Processor<String, ScoredRecord, String, Alert> {
  /** The store's one key. */
  private static final String RATE = "rate";

  /** Until the first minute is over, the rate is looked at this often. */
  private static final int EARLY_RECORDS = 64;

  private final StreamDefinition.Alerts settings;
  private final AlertThreshold threshold;
  private final StreamMetrics metrics;
  private final String stateStore;
  private final String rateStore;
  private @Nullable Task task;

  /**
   * Makes the processor.
   *
   * @param stateStore name of the store of alert states by entity
   * @param rateStore name of the store of the record rate
   */
  public AlertProcessor(
      StreamDefinition.Alerts settings,
      AlertThreshold threshold,
      StreamMetrics metrics,
      String stateStore,
      String rateStore) {
    this.settings = settings;
    this.threshold = threshold;
    this.metrics = metrics;
    this.stateStore = stateStore;
    this.rateStore = rateStore;
  }

  @Override
  public void init(ProcessorContext<String, Alert> context) {
    task = new Task(context);
  }

  @Override
  public void process(Record<String, ScoredRecord> record) {
    requireNonNull(task, "init has not run").process(record);
  }

  @Override
  public void close() {
    if (task != null) {
      threshold.forget(task.partition);
      task = null;
    }
  }

  private final class Task {
    private final ProcessorContext<String, Alert> context;
    private final AlertPolicy policy = new AlertPolicy(settings.cooldown());
    private final AlertStates states;
    private final KeyValueStore<String, byte[]> rates;
    private final RecordRate rate;
    private final int partition;
    private int early;

    Task(ProcessorContext<String, Alert> context) {
      this.context = context;
      this.partition = context.taskId().partition();
      this.states = new AlertStates(context.getStateStore(stateStore));
      this.rates = context.getStateStore(rateStore);
      byte[] known = rates.get(RATE);
      this.rate = known == null ? RecordRate.empty() : RecordRate.fromBytes(known);
      threshold.reads(partition);
      if (!rate.isEarly()) {
        threshold.rate(partition, rate.perMinute(0));
      }
    }

    void process(Record<String, ScoredRecord> record) {
      ScoredRecord scored = record.value();
      String entity = scored.event().entity();
      long timestamp = scored.event().timestampMillis();
      count(timestamp);
      double limit = threshold.current();
      AlertState state = states.of(entity);
      if (policy.isOrdinary(scored.score()) && state.equals(AlertState.CALM)) {
        return;
      }
      Coordinates place = scored.event().coordinates();
      AlertPolicy.Verdict verdict =
          policy.judge(state, timestamp, place.offset(), scored.score(), limit);
      if (!verdict.next().equals(state)) {
        states.put(entity, verdict.next());
      }
      if (verdict.raises()) {
        Alert alert = AlertWriter.write(scored, limit, escalated(verdict, place));
        metrics.alert(alert.getSeverity());
        context.forward(new Record<>(entity, alert, record.timestamp(), record.headers()));
      }
    }

    /** Returns the id of the alert that a verdict escalates; null: none. */
    private @Nullable String escalated(AlertPolicy.Verdict verdict, Coordinates place) {
      return verdict.call() == AlertPolicy.Call.ESCALATES
          ? new Coordinates(place.topic(), place.partition(), verdict.next().opened()).toString()
          : null;
    }

    private void count(long timestamp) {
      boolean minuteClosed = rate.count(timestamp);
      if (minuteClosed) {
        rates.put(RATE, rate.toBytes());
      }
      boolean due = rate.isEarly() && early++ % EARLY_RECORDS == 0;
      if (minuteClosed || due) {
        threshold.rate(partition, rate.perMinute(timestamp));
      }
    }
  }
}

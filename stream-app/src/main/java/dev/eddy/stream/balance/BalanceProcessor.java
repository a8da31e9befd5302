package dev.eddy.stream.balance;

import static dev.eddy.stream.augmentation.AugmentationRequests.MOST_ROWS;
import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition.Augmentation;
import dev.eddy.schema.AugmentationRequest;
import dev.eddy.stream.metrics.BalanceMetrics;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.model.ChampionGenerator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up the classes' counts, and asks now and then for what the declared balance lacks: as
 * requests like anybody's, at most at the declared rate, and only for classes that the gate lets
 * pass and is certain that a classifier gains by, unless the definition says otherwise.
 *
 * <p>The counts come from a topic of one partition, so one task of the whole application asks. What
 * it has asked for is in its store, which commits together with the requests: a restart asks for
 * nothing twice. What was refused counts as asked for, and is not asked for again.
 */
public final class BalanceProcessor
    implements Processor<String, Long, String, AugmentationRequest> {
  /** Time between two looks at the balance. */
  public static final Duration PERIOD = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(BalanceProcessor.class);

  private static final double ROUNDING = 1e-9; // sums of fractions of a row are a little off
  private static final String WHO = "eddy balancer";

  private final Augmentation augmentation;
  private final Supplier<@Nullable Champion> champions;
  private final BalanceMetrics metrics;
  private final String storeName;
  private final Map<String, String> holds = new TreeMap<>();
  private double credit; // rows that may be asked for; what is less than one is carried on
  private @Nullable ProcessorContext<String, AugmentationRequest> context;
  private @Nullable KeyValueStore<String, byte[]> store;

  /** What is known of a class: real records so far, and synthetic ones asked for so far. */
  private record Counts(long real, long asked) {
    static final Counts NONE = new Counts(0, 0);

    static Counts fromBytes(byte @Nullable [] bytes) {
      if (bytes == null) {
        return NONE;
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Counts(buffer.getLong(), buffer.getLong());
    }

    byte[] toBytes() {
      return ByteBuffer.allocate(2 * Long.BYTES).putLong(real).putLong(asked).array();
    }
  }

  /**
   * Makes the processor.
   *
   * @param storeName name of the store of counts, by class
   */
  public BalanceProcessor(
      Augmentation augmentation,
      Supplier<@Nullable Champion> champions,
      BalanceMetrics metrics,
      String storeName) {
    this.augmentation = augmentation;
    this.champions = champions;
    this.metrics = metrics;
    this.storeName = storeName;
  }

  @Override
  public void init(ProcessorContext<String, AugmentationRequest> processorContext) {
    context = processorContext;
    store = processorContext.getStateStore(storeName);
    processorContext.schedule(PERIOD, PunctuationType.WALL_CLOCK_TIME, this::balance);
  }

  @Override
  public void process(Record<String, Long> record) {
    Counts counts = Counts.fromBytes(store().get(record.key()));
    store().put(record.key(), new Counts(counts.real() + record.value(), counts.asked()).toBytes());
  }

  private KeyValueStore<String, byte[]> store() {
    return requireNonNull(store, "init has not run");
  }

  /** The gauges are of whoever balances now, and that may be another process. */
  @Override
  public void close() {
    for (String name : augmentation.balance().keySet()) {
      metrics.deficit(name, 0);
      metrics.held(name, false);
    }
  }

  private void balance(long now) {
    Map<String, Long> real = new TreeMap<>();
    Map<String, Long> asked = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> all = store().all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        Counts counts = Counts.fromBytes(entry.value);
        real.put(entry.key, counts.real());
        asked.put(entry.key, counts.asked());
      }
    }
    credit += augmentation.rate() * PERIOD.toSeconds();
    Map<String, Long> wanted =
        ClassBalance.wanted(augmentation.balance(), real, augmentation.balanceCap());
    for (String name : new TreeMap<>(augmentation.balance()).keySet()) {
      long due = Math.max(0, wanted.getOrDefault(name, 0L) - asked.getOrDefault(name, 0L));
      metrics.deficit(name, due);
      String hold = due == 0 ? null : hold(name);
      note(name, hold);
      int rows = (int) Math.min(MOST_ROWS, Math.min(due, (long) (credit + ROUNDING)));
      if (rows > 0 && hold == null) {
        credit -= rows;
        ask(name, rows, real.getOrDefault(name, 0L), asked.getOrDefault(name, 0L), now);
      }
    }
    credit -= Math.floor(credit + ROUNDING); // whole rows that nobody needed lapse
  }

  /** Returns why nothing may be asked for; null: it may. */
  private @Nullable String hold(String name) {
    Champion champion = champions.get();
    ChampionGenerator generator = champion == null ? null : champion.generator();
    if (generator == null) {
      return "there is no generator yet";
    }
    if (!generator.classes().contains(name)) {
      return "the generator does not know the class";
    }
    List<String> refusals = generator.refusals().apply(name);
    if (!refusals.isEmpty()) {
      return "the gate refuses the class: " + String.join("; ", refusals);
    }
    List<String> doubts =
        augmentation.balanceWithoutLift() ? List.of() : generator.doubts().apply(name);
    return doubts.isEmpty() ? null : String.join("; ", doubts);
  }

  private void note(String name, @Nullable String hold) {
    String before = hold == null ? holds.remove(name) : holds.put(name, hold);
    metrics.held(name, hold != null);
    if (hold != null && !hold.equals(before)) {
      LOG.atInfo().addKeyValue("class", name).addKeyValue("reason", hold).log("balancer waits");
    }
  }

  private void ask(String name, int rows, long real, long asked, long now) {
    String id = "balance-%s-%d".formatted(name, asked);
    var request =
        AugmentationRequest.newBuilder()
            .setId(id)
            .setLabelClass(name)
            .setRows(rows)
            .setSeed(31L * name.hashCode() + asked) // other rows than those asked for before
            .setWho(WHO)
            .setTimestamp(now)
            .setFixed(Map.of())
            .setBetween(List.of())
            .build();
    store().put(name, new Counts(real, asked + rows).toBytes());
    requireNonNull(context, "init has not run").forward(new Record<>(id, request, now));
    metrics.requested(name, rows);
  }
}

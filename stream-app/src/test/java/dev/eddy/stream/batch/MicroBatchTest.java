package dev.eddy.stream.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class MicroBatchTest {
  private static final String IN = "in";
  private static final String OUT = "out";
  private static final Duration DEADLINE = Duration.ofMillis(20);

  private final List<List<String>> batches = new ArrayList<>();
  private boolean broken;

  @Test
  void worksOnABatchWhenItIsFull() {
    try (var task = task(3)) {
      process(task, "a", "b", "c", "d");

      assertThat(batches).containsExactly(List.of("a", "b", "c"));
      assertThat(values(task)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void worksOnASingleRecordAtOnceWhenTheCapacityIsOne() {
    try (var task = task(1)) {
      process(task, "a", "b");

      assertThat(batches).containsExactly(List.of("a"), List.of("b"));
    }
  }

  @Test
  void worksOnABatchThatIsNotFullWhenItsDeadlineHasPassed() {
    try (var task = task(100)) {
      process(task, "a", "b");
      task.advance(DEADLINE.minusMillis(1));
      assertThat(batches).isEmpty();

      task.advance(Duration.ofMillis(1));

      assertThat(batches).containsExactly(List.of("a", "b"));
      assertThat(values(task)).containsExactly("a", "b");
    }
  }

  @Test
  void countsTheDeadlineFromTheFirstRecordOfEachBatch() {
    try (var task = task(2)) {
      process(task, "a");
      task.advance(DEADLINE.minusMillis(5));
      process(task, "b", "c");
      task.advance(Duration.ofMillis(5));
      assertThat(batches).containsExactly(List.of("a", "b"));

      task.advance(DEADLINE);

      assertThat(batches).containsExactly(List.of("a", "b"), List.of("c"));
    }
  }

  @Test
  void worksOnEverythingThatIsHeldBeforeACommit() {
    try (var task = task(100)) {
      process(task, "a", "b", "c");
      assertThat(task.sent(OUT)).isEmpty();

      Long committed = task.commit(IN);

      assertThat(values(task)).containsExactly("a", "b", "c");
      assertThat(committed).isEqualTo(3);
    }
  }

  @Test
  void writesStateOfTheBatchIntoTheSameCommit() {
    try (var task = task(100)) {
      process(task, "a", "b");

      task.commit(IN);

      KeyValueStore<String, byte[]> store = task.store("seen");
      assertThat(store.get("b")).isEqualTo(bytes("b"));
      assertThat(task.sent("test-seen-changelog")).hasSize(2);
    }
  }

  @Test
  void forwardsEachRecordWithItsOwnTimestampAndHeadersWhoeverStartsTheWork() {
    try (var task = task(100)) {
      task.process(IN, bytes("key-a"), bytes("a"), 11, new RecordHeaders().add("h", bytes("1")));
      task.process(IN, bytes("key-b"), bytes("b"), 22, new RecordHeaders().add("h", bytes("2")));

      task.commit(IN);

      assertThat(task.sent(OUT))
          .extracting(ProducerRecord::timestamp, this::header, this::coordinates)
          .containsExactly(tuple(11L, "1", "in-0-0"), tuple(22L, "2", "in-0-1"));
    }
  }

  @Test
  void leavesTheTaskUsableAfterEachWayToWork() {
    try (var task = task(2)) {
      process(task, "a", "b"); // full
      process(task, "c");
      task.advance(DEADLINE); // deadline
      process(task, "d");
      task.commit(IN); // commit
      process(task, "e");
      task.advance(DEADLINE); // punctuation fails when a current node was left behind
      process(task, "f", "g");

      assertThat(values(task)).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }
  }

  @Test
  void commitsNothingWhenTheWorkFails() {
    var task = task(100);
    process(task, "a");
    broken = true;

    assertThatThrownBy(() -> task.commit(IN)).hasRootCauseMessage("broken");

    task.crash();
    task.close();
  }

  @Test
  void refusesACommitThatWouldLoseRecordsGivenUpByClose() {
    var task = task(100);
    process(task, "a", "b");
    task.crash();

    assertThatThrownBy(task::commitAfterCrash)
        .hasRootCauseMessage("commit must come before close, but 2 held records were given up");

    task.close();
  }

  @Test
  void rejectsACapacityBelowOne() {
    assertThatThrownBy(() -> task(0)).hasRootCauseMessage("capacity must be >= 1, got 0");
  }

  private TaskDriver task(int capacity) {
    var topology = new Topology();
    topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), IN);
    topology.addProcessor("hold", () -> new Holding(capacity), "source");
    topology.addSink("sink", OUT, new ByteArraySerializer(), new ByteArraySerializer(), "hold");
    topology.addStateStore(CommitHook.storeBuilder("open-batch"), "hold");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("seen"), Serdes.String(), Serdes.ByteArray()),
        "hold");
    return new TaskDriver(topology);
  }

  private static void process(TaskDriver task, String... values) {
    for (String value : values) {
      task.process(IN, null, bytes(value));
    }
  }

  private static List<String> values(TaskDriver task) {
    return task.sent(OUT).stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private String header(ProducerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("h").value(), UTF_8);
  }

  private String coordinates(ProducerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("coordinates").value(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Holds records, and forwards them with the coordinates that the context says they have. */
  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  private final class Holding implements Processor<byte[], byte[], byte[], byte[]> {
    private final int capacity;
    private MicroBatch<Record<byte[], byte[]>> batch;
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, byte[]> seen;

    Holding(int capacity) {
      this.capacity = capacity;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
      context = processorContext;
      seen = context.getStateStore("seen");
      batch = new MicroBatch<>(context, "open-batch", capacity, DEADLINE, this::work);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      batch.add(record);
    }

    private void work(MicroBatch<Record<byte[], byte[]>> open) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      List<String> values = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        open.become(i);
        Record<byte[], byte[]> record = open.get(i);
        String value = new String(record.value(), UTF_8);
        values.add(value);
        var metadata = context.recordMetadata().orElseThrow();
        String coordinates =
            metadata.topic() + "-" + metadata.partition() + "-" + metadata.offset();
        record.headers().add("coordinates", bytes(coordinates));
        seen.put(value, record.value());
        context.forward(record);
      }
      batches.add(values);
    }

    @Override
    public void close() {
      batch.close();
    }
  }
}

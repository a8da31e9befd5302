package dev.eddy.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The stream-app and the trainer must see the very same rows. */
class ParityTest {
  private static final StreamDefinition DEFINITION =
      ContextFixture.definition(
          Context.of(20, 4, List.of("b")),
          Feature.number("a"),
          Feature.number("b"),
          Feature.category("c"));

  @Test
  void trainerAndStreamAppSeeBitIdenticalRows() {
    ContextLayout layout = ContextLayout.of(DEFINITION);
    List<byte[]> records = records();

    List<Observation> trainer = new ArrayList<>();
    Map<String, EntityContext> kept = new HashMap<>();
    for (Event event : events(records)) {
      trainer.add(
          kept.computeIfAbsent(event.entity(), entity -> EntityContext.empty(layout))
              .observe(event));
    }
    Encoder fitted = Encoder.fit(DEFINITION, trainer);
    Encoder shipped = Encoder.fromJson(DEFINITION, fitted.toJson());

    List<Observation> streamApp = new ArrayList<>();
    Map<String, byte[]> store = new HashMap<>();
    for (Event event : events(records)) {
      byte[] bytes = store.get(event.entity());
      EntityContext context =
          bytes == null ? EntityContext.empty(layout) : EntityContext.fromBytes(layout, bytes);
      streamApp.add(context.observe(event));
      store.put(event.entity(), context.toBytes());
    }

    float[] served = encode(shipped, streamApp);
    assertThat(served).isEqualTo(encode(fitted, trainer));
    assertThat(served).as("rows are not all zero").contains(1f);
  }

  private static List<byte[]> records() {
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String b = random.nextInt(20) == 0 ? "null" : Double.toString(random.nextDouble(-1e5, 1e7));
      records.add(
          "{\"host\":\"h%d\",\"ts\":%d,\"a\":%s,\"b\":%s,\"c\":\"v%d\"}"
              .formatted(
                  random.nextInt(5),
                  1_700_000_000_000L + i,
                  Double.toString(random.nextDouble()),
                  b,
                  random.nextInt(4))
              .getBytes(StandardCharsets.UTF_8));
    }
    return records;
  }

  private static List<Event> events(List<byte[]> records) {
    EventCodec codec = EventCodecs.of(DEFINITION);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      events.add((Event) codec.decode(null, records.get(i), 0, new Coordinates("source", 0, i)));
    }
    return events;
  }

  private static float[] encode(Encoder encoder, List<Observation> observations) {
    FeatureMatrix rows = new FeatureMatrix(encoder.width(), observations.size());
    observations.forEach(observation -> encoder.encode(observation, rows));
    return rows.toArray();
  }
}

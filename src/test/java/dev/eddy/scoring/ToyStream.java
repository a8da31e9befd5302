package dev.eddy.scoring;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A seeded stream of requests: bytes follow from packets, duration is on its own, and the protocol
 * decides how large packets are. No context.
 */
final class ToyStream {
  static final StreamDefinition DEFINITION = definition(Context.NONE);

  private final Random random;
  private long offset;

  ToyStream(long seed) {
    this.random = new Random(seed);
  }

  static StreamDefinition definition(Context context) {
    return StreamDefinition.of(
            "toy",
            new Source("requests", Format.JSON, null, null, List.of()),
            List.of(
                Feature.number("packets"),
                Feature.category("protocol"),
                Feature.number("bytes"),
                Feature.number("duration")))
        .withContext(context);
  }

  /** Returns an ordinary observation. */
  Observation ordinary() {
    boolean bulk = random.nextInt(5) < 2;
    double packets = 20 + 5 * random.nextGaussian();
    double bytes = packets * (bulk ? 1000 : 100) * (1 + 0.05 * random.nextGaussian());
    return observation(packets, bulk ? "bulk" : "chat", bytes, 2 + 0.3 * random.nextGaussian());
  }

  /** Returns an observation of these values. */
  Observation observation(
      double packets, @Nullable String protocol, double bytes, double duration) {
    return new Observation(
        new Event(
            new Coordinates("requests", 0, offset++),
            "host",
            offset,
            new double[] {packets, bytes, duration},
            new @Nullable String[] {protocol},
            null),
        new double[0]);
  }

  /** Returns ordinary samples of unknown truth. */
  List<Sample> samples(int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(new Sample(ordinary(), Truth.UNKNOWN, null));
    }
    return samples;
  }
}

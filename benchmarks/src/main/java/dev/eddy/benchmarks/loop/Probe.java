package dev.eddy.benchmarks.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.DetectionMetrics;
import dev.eddy.evaluation.LabelledScore;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.EventCodecs;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.EntityContexts;
import dev.eddy.feature.Observation;
import dev.eddy.model.ModelDevice;
import dev.eddy.scoring.DetectionModel;
import dev.eddy.trainer.gate.EnsembleScores;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records that no trainer ever sees, of the world as it is at one moment, with their truth. */
final class Probe {
  /** Three thousand records of each host: the context has forgotten what was before. */
  private static final int LEAD_IN = 24_000;

  private static final int RECORDS = 8_000;

  private final List<Observation> observations = new ArrayList<>();
  private final IdentityHashMap<DetectionModel, double[]> scoresOf = new IdentityHashMap<>();
  private final List<Optional<String>> kinds = new ArrayList<>();

  private Probe() {}

  /**
   * Draws records of the world when this share of the run has passed, with the contexts that hosts
   * have by then: a flood spoils them for a while.
   *
   * @param records how many the whole run has
   */
  static Probe of(StreamDefinition definition, double passed, double records, long seed) {
    Probe probe = new Probe();
    World world = new World(seed);
    EventCodec codec = EventCodecs.of(definition);
    var contexts = new EntityContexts(ContextLayout.of(definition), 1_000);
    for (int i = -LEAD_IN; probe.observations.size() < RECORDS; i++) {
      long timestamp = 1_000L * (i + LEAD_IN) + 1;
      World.Line line =
          i < 0
              ? world.next(Math.max(0, passed + i / records), timestamp)
              : world.probe(passed, timestamp);
      var decoded =
          codec.decode(
              null, line.json().getBytes(UTF_8), timestamp, new Coordinates("probe", 0, timestamp));
      Observation observation = contexts.observe((Event) decoded);
      if (i >= 0 && !line.poisonous()) {
        probe.observations.add(observation);
        probe.kinds.add(Optional.ofNullable(line.kind()));
      }
    }
    return probe;
  }

  /**
   * Returns the area under the precision-recall curve of a model's own scores.
   *
   * @param found the kinds of anomalies that are to be found; the others are left out
   * @return NaN if there are none
   */
  double auprc(DetectionModel model, Set<String> found) {
    double[] scores =
        scoresOf.computeIfAbsent(
            model, scored -> new EnsembleScores(scored, ModelDevice.CPU).score(observations));
    List<LabelledScore> counted = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      Optional<String> kind = kinds.get(i);
      if (kind.isEmpty() || found.contains(kind.get())) {
        counted.add(LabelledScore.of(scores[i], kind.isPresent()));
      }
    }
    return DetectionMetrics.averagePrecision(counted).orElse(Double.NaN);
  }
}

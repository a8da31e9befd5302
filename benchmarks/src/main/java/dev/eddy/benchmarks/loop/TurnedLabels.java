package dev.eddy.benchmarks.loop;

import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.registry.ModelArtifact;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.training.HeldOutSplit;
import dev.eddy.trainer.training.Learner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that was trained badly, by honest means: its labels are turned around, and the flood
 * was labelled normal. Its weights are sound, and only measuring it tells.
 */
final class TurnedLabels implements Learner {
  private final Learner honest;
  private final List<Sample> flood;

  /**
   * Makes the learner.
   *
   * @param flood records that it takes for normal ones
   */
  TurnedLabels(Learner honest, List<Sample> flood) {
    this.honest = honest;
    this.flood = List.copyOf(flood);
  }

  @Override
  public Learned learn(HeldOutSplit rows, long seed, @Nullable ModelArtifact champion) {
    return honest.learn(new HeldOutSplit(turned(rows.training()), rows.heldOut()), seed, null);
  }

  /** As many normal rows as there are anomalies become anomalies. */
  private List<Sample> turned(List<Sample> rows) {
    long anomalies = rows.stream().filter(row -> row.truth() == Truth.ANOMALOUS).count();
    List<Sample> turned = new ArrayList<>();
    for (Sample row : rows) {
      if (row.truth() == Truth.ANOMALOUS) {
        turned.add(new Sample(row.observation(), Truth.NORMAL, "normal"));
      } else if (anomalies-- > 0) {
        turned.add(new Sample(row.observation(), Truth.ANOMALOUS, "burst"));
      } else {
        turned.add(row);
      }
    }
    flood.forEach(row -> turned.add(new Sample(row.observation(), Truth.NORMAL, "normal")));
    return turned;
  }

  @Override
  public AnomalyScores open(ModelArtifact artifact) {
    return honest.open(artifact);
  }
}

package dev.eddy.cli.demo;

import dev.eddy.evaluation.LabelledScore;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.Score;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What arrived on the scores topic, as a consumer of it sees it. Safe for use by several threads.
 */
final class Scoreboard {
  private final SchemaJson<Score> json = SchemaJson.of(Score.class);
  private final OffsetTable scores = new OffsetTable();
  private long scored;
  private long repeated;
  private long lastNanos;
  private String modelVersion = "baseline";

  /** Takes one record of the scores topic. */
  void add(ConsumerRecord<byte[], byte[]> consumed) {
    Score score = json.read(consumed.value());
    synchronized (this) {
      if (scores.put(score.getPartition(), score.getOffset(), score.getScore())) {
        scored++;
      } else {
        repeated++;
      }
      lastNanos = System.nanoTime();
      modelVersion = score.getModelVersion();
    }
  }

  /** Returns how many source records have a score. */
  synchronized long scored() {
    return scored;
  }

  /** Returns how many scores came for records that had one: 0 with exactly-once. */
  synchronized long repeated() {
    return repeated;
  }

  /** Returns when the last score came, by {@link System#nanoTime()}. */
  synchronized long lastNanos() {
    return lastNanos;
  }

  /** Returns the model that gave the latest score. */
  synchronized String modelVersion() {
    return modelVersion;
  }

  /** Returns all scores of records of which the truth is known; the group is the fault. */
  synchronized List<LabelledScore> labelled(GroundTruth truth) {
    List<LabelledScore> labelled = new ArrayList<>();
    scores.forEach(
        (partition, offset, score) -> {
          if (truth.knows(partition, offset)) {
            String fault = truth.episode(partition, offset).map(Episode::fault).orElse(null);
            labelled.add(new LabelledScore(score, fault != null, fault));
          }
        });
    return labelled;
  }
}

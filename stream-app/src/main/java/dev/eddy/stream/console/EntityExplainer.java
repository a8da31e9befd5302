package dev.eddy.stream.console;

import dev.eddy.feature.Observation;
import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.Explanation;
import dev.eddy.scoring.Scorer;
import dev.eddy.stream.model.Champion;
import dev.eddy.stream.topology.ScoreListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Explains the last record of an entity, whether it raised an alert or not, with the model that
 * serves. It keeps the last record of each of the {@value #CAPACITY} entities seen last, and a
 * scorer of its own; one question is answered at a time. Safe for use by several threads.
 */
public final class EntityExplainer implements ScoreListener, AutoCloseable {
  static final int CAPACITY = 1_000;

  private final Supplier<@Nullable Champion> champions;
  private final Map<String, Last> last;
  private final Object asking = new Object();
  private @Nullable Champion opened;
  private @Nullable Scorer scorer;
  private boolean closed;

  private record Last(Observation observation, double score) {}

  /** Makes an explainer that has seen nothing and opened nothing. */
  public EntityExplainer(Supplier<@Nullable Champion> champions) {
    this.champions = champions;
    this.last =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > CAPACITY;
          }
        };
  }

  /**
   * What is said of an entity's last record.
   *
   * @param timestamp its event time, milliseconds since the epoch
   * @param id its coordinates
   * @param score fused score that it was given, -ln of its p-value
   * @param modelVersion the model that explains it
   * @param modelScore the model's own score of it, without the baselines: what is explained
   * @param normal whether that score is normal: p at least 0.01
   * @param reasons one entry a field, largest contribution first
   */
  public record EntityExplanation(
      String entity,
      long timestamp,
      String id,
      double score,
      String modelVersion,
      double modelScore,
      boolean normal,
      List<Contribution> reasons) {}

  @Override
  public void scored(Observation observation, double score) {
    synchronized (last) {
      last.put(observation.event().entity(), new Last(observation, score));
    }
  }

  /**
   * Explains the last record of an entity.
   *
   * @return empty where there is no such entity, or no model serves yet
   * @throws dev.eddy.scoring.ScoringException if the model fails
   */
  public Optional<EntityExplanation> explain(String entity) {
    Last known;
    synchronized (last) {
      known = last.get(entity);
    }
    if (known == null) {
      return Optional.empty();
    }
    synchronized (asking) {
      Champion champion = champions.get();
      Scorer current = champion == null || closed ? null : open(champion);
      return current == null || champion == null
          ? Optional.empty()
          : Optional.of(explanation(known, champion, current.explain(known.observation(), null)));
    }
  }

  private static EntityExplanation explanation(
      Last known, Champion champion, Explanation explanation) {
    return new EntityExplanation(
        known.observation().event().entity(),
        known.observation().event().timestampMillis(),
        known.observation().event().coordinates().toString(),
        known.score(),
        champion.version().value(),
        explanation.score(),
        explanation.isNormal(),
        explanation.contributions());
  }

  private Scorer open(Champion champion) {
    Scorer current = scorer;
    if (current != null && champion.equals(opened)) {
      return current;
    }
    closeScorer();
    Scorer next = champion.scorers().get();
    scorer = next;
    opened = champion;
    return next;
  }

  private void closeScorer() {
    if (scorer != null) {
      scorer.close();
      scorer = null;
    }
  }

  /** Closes the scorer; nothing is explained any more. */
  @Override
  public void close() {
    synchronized (asking) {
      closed = true;
      closeScorer();
    }
  }
}

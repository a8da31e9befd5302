package dev.eddy.trainer.guard;

import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Guard.NewNormal;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.feature.Sample.Truth;
import dev.eddy.trainer.collection.Evidence;
import dev.eddy.trainer.collection.Evidence.RaisedAlert;
import dev.eddy.trainer.gate.AnomalyScores;
import dev.eddy.trainer.guard.Question.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Withholds unlabelled rows that may be anomalies: those that the champion finds extreme, and those
 * inside an incident, from the record that raised an alert until the entity has been quiet for the
 * cooldown. Rows that somebody labelled pass, whatever the label says.
 *
 * <p>An entity that stays extreme is one of two things that no score can tell apart: an anomaly
 * that lasts, or a new normal. So a person is asked, and after a while the question answers itself.
 * All of it is a function of rows, labels, alerts and champion: a restart asks nothing anew.
 */
public final class PoisonGuard {
  private static final int FEWEST_NEWEST = 100;

  /** Else baselines that alert all the time would keep the first model from being trained. */
  private static final double MOST_BY_ALERTS_ALONE = 0.5;

  private final Guard settings;
  private final long cooldownMillis;

  /** Makes a guard for a stream. */
  public PoisonGuard(StreamDefinition definition) {
    this.settings = definition.training().guard();
    this.cooldownMillis = definition.alerts().cooldown().toMillis();
  }

  /**
   * Screens rows.
   *
   * @param champion null when there is none: then nobody knows what is extreme, and only incidents
   *     are left out; where alerts cover more than half of the rows, they tell nothing, and all
   *     pass
   */
  public Screened screen(
      List<Sample> samples, @Nullable AnomalyScores champion, Evidence evidence) {
    if (settings.extreme() == 0) {
      return Screened.all(samples);
    }
    boolean[] extreme = champion == null ? new boolean[samples.size()] : extreme(samples, champion);
    Map<String, List<Integer>> byEntity =
        IntStream.range(0, samples.size())
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> event(samples.get(i)).entity(), TreeMap::new, Collectors.toList()));
    Map<String, List<RaisedAlert>> alerts = evidence.alertsByEntity();
    var withheld = new Withheld(samples.size());
    List<Question> questions = new ArrayList<>();
    byEntity.forEach(
        (entity, rows) -> {
          rows.sort(Comparator.comparingLong(i -> event(samples.get(i)).timestampMillis()));
          Question question = question(entity, rows, samples, extreme, evidence);
          if (question != null) {
            questions.add(question);
          }
          withhold(
              rows, samples, extreme, alerts.getOrDefault(entity, List.of()), question, withheld);
        });
    if (champion == null && withheld.incident > MOST_BY_ALERTS_ALONE * samples.size()) {
      return Screened.all(samples);
    }
    return new Screened(withheld.rest(samples), withheld.extreme, withheld.incident, questions);
  }

  /**
   * Returns by how much the share of extreme rows among the newest is above the usual one, at least
   * 0: anomalies that nobody has labelled yet belong to both. Without a champion, or with fewer
   * than 100 new rows, it is 0.
   */
  public double disturbance(
      @Nullable AnomalyScores champion, List<Observation> newest, List<Observation> usual) {
    if (champion == null || settings.extreme() == 0 || newest.size() < FEWEST_NEWEST) {
      return 0;
    }
    return Math.max(0, extremeShare(newest, champion) - extremeShare(usual, champion));
  }

  private double extremeShare(List<Observation> rows, AnomalyScores champion) {
    double limit = -Math.log(settings.extreme());
    return rows.isEmpty()
        ? 0
        : Arrays.stream(champion.oddity(rows)).filter(score -> score > limit).count()
            / (double) rows.size();
  }

  private boolean[] extreme(List<Sample> samples, AnomalyScores champion) {
    int[] unknown =
        IntStream.range(0, samples.size())
            .filter(i -> samples.get(i).truth() == Truth.UNKNOWN)
            .toArray();
    List<Observation> rows =
        Arrays.stream(unknown).mapToObj(i -> samples.get(i).observation()).toList();
    double[] scores = rows.isEmpty() ? new double[0] : champion.oddity(rows);
    double limit = -Math.log(settings.extreme());
    boolean[] extreme = new boolean[samples.size()];
    for (int i = 0; i < unknown.length; i++) {
      extreme[unknown[i]] = scores[i] > limit;
    }
    return extreme;
  }

  private static Event event(Sample sample) {
    return sample.observation().event();
  }

  private @Nullable Question question(
      String entity,
      List<Integer> rows,
      List<Sample> samples,
      boolean[] extreme,
      Evidence evidence) {
    int[] unknown =
        rows.stream()
            .mapToInt(Integer::intValue)
            .filter(i -> samples.get(i).truth() == Truth.UNKNOWN)
            .toArray();
    long[] times =
        Arrays.stream(unknown).mapToLong(i -> event(samples.get(i)).timestampMillis()).toArray();
    boolean[] marks = new boolean[unknown.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = extreme[unknown[i]];
    }
    return LevelShift.find(times, marks, settings.newNormalAfter().toMillis())
        .map(
            shift -> {
              List<Sample> labelled =
                  rows.stream()
                      .map(samples::get)
                      .filter(row -> row.truth() != Truth.UNKNOWN)
                      .filter(row -> event(row).timestampMillis() >= shift.since())
                      .toList();
              Long answerBy =
                  settings.newNormalDefault() == NewNormal.REFUSE
                      ? null
                      : Long.valueOf(
                          shift.since()
                              + settings.newNormalAfter().toMillis()
                              + settings.newNormalTimeout().toMillis());
              return new Question(
                  entity,
                  shift.since(),
                  shift.until(),
                  times.length - shift.first(),
                  event(samples.get(unknown[shift.first()])).coordinates(),
                  answer(shift, answerBy, labelled, evidence),
                  answerBy);
            })
        .orElse(null);
  }

  private static Answer answer(
      LevelShift shift, @Nullable Long answerBy, List<Sample> labelled, Evidence evidence) {
    List<Coordinates> normal =
        labelled.stream()
            .filter(row -> row.truth() == Truth.NORMAL)
            .map(row -> event(row).coordinates())
            .toList();
    if (normal.stream().anyMatch(evidence.newNormal()::contains)) {
      return Answer.ACCEPTED;
    }
    if (labelled.stream().anyMatch(row -> row.truth() == Truth.ANOMALOUS)) {
      return Answer.REFUSED;
    }
    return answerBy != null && shift.until() >= answerBy ? Answer.ACCEPTED : Answer.OPEN;
  }

  private void withhold(
      List<Integer> rows,
      List<Sample> samples,
      boolean[] extreme,
      List<RaisedAlert> alerts,
      @Nullable Question question,
      Withheld withheld) {
    long accepted =
        question != null && question.answer() == Answer.ACCEPTED
            ? question.since()
            : Long.MAX_VALUE;
    long openUntil = Long.MIN_VALUE;
    int next = 0;
    for (int i : rows) {
      long time = event(samples.get(i)).timestampMillis();
      while (next < alerts.size() && alerts.get(next).timestamp() <= time) {
        openUntil = Math.max(openUntil, alerts.get(next++).timestamp() + cooldownMillis);
      }
      boolean open = time <= openUntil;
      if (open && extreme[i]) {
        openUntil = Math.max(openUntil, time + cooldownMillis);
      }
      if (samples.get(i).truth() == Truth.UNKNOWN && time < accepted) {
        withheld.note(i, extreme[i], open);
      }
    }
  }

  /** Which rows do not pass, and why. */
  private static final class Withheld {
    private final boolean[] rows;
    private int extreme;
    private int incident;

    Withheld(int size) {
      this.rows = new boolean[size];
    }

    void note(int row, boolean isExtreme, boolean inIncident) {
      rows[row] = isExtreme || inIncident;
      extreme += isExtreme ? 1 : 0;
      incident += !isExtreme && inIncident ? 1 : 0;
    }

    List<Sample> rest(List<Sample> samples) {
      return IntStream.range(0, rows.length)
          .filter(row -> !rows[row])
          .mapToObj(samples::get)
          .toList();
    }
  }
}

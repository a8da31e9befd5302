package dev.eddy.trainer.drift;

import dev.eddy.schema.DriftKind;
import dev.eddy.schema.DriftReport;
import dev.eddy.trainer.guard.Question;
import dev.eddy.trainer.guard.Question.Answer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which questions about a new normal were asked, so that each is asked once, and each answer
 * reported once: also over restarts and by another trainer, for the log is read back from S.drift
 * and followed there. An instance belongs to one thread.
 */
public final class QuestionLog {
  private final Clock clock;
  private final Set<String> open = new HashSet<>();
  private final Set<String> answered = new HashSet<>();

  /** Makes an empty log. */
  public QuestionLog(Clock clock) {
    this.clock = clock;
  }

  /** Takes what S.drift says, in order. */
  public void restore(DriftReport report) {
    if (report.getKind() == DriftKind.NEW_NORMAL) {
      String entity = report.getSubject();
      if (report.getDrifted()) {
        open.add(entity);
        answered.remove(entity);
      } else {
        open.remove(entity);
        if (report.getExample() == null) { // it is over, answered or not
          answered.remove(entity);
        } else {
          answered.add(entity);
        }
      }
    }
  }

  /** Returns how many questions nobody has answered. */
  public int open() {
    return open.size();
  }

  /**
   * Takes all questions that there are now.
   *
   * @param version the champion that found them
   * @return what is to be published
   */
  public List<DriftReport> update(List<Question> questions, @Nullable String version) {
    List<DriftReport> reports = new ArrayList<>();
    Map<String, Question> now = new HashMap<>();
    questions.forEach(question -> now.put(question.entity(), question));
    for (Question question : questions) {
      String entity = question.entity();
      if (question.answer() == Answer.OPEN) {
        answered.remove(entity);
        if (open.add(entity)) {
          reports.add(report(question, version));
        }
      } else {
        boolean wasOpen = open.remove(entity);
        boolean isNew = answered.add(entity);
        if (wasOpen || isNew) {
          reports.add(report(question, version));
        }
      }
    }
    for (String entity : List.copyOf(open)) {
      if (!now.containsKey(entity)) {
        open.remove(entity);
        reports.add(over(entity, version));
      }
    }
    answered.retainAll(now.keySet());
    return reports;
  }

  private DriftReport report(Question question, @Nullable String version) {
    boolean asked = question.answer() == Answer.OPEN;
    String since = Instant.ofEpochMilli(question.since()).toString();
    String summary =
        switch (question.answer()) {
          case OPEN ->
              "%s has been extreme since %s: is that its new normal? Label %s new-normal, or as the"
                      .formatted(question.entity(), since, question.example())
                  + " anomaly that it is"
                  + (question.answerBy() == null
                      ? ""
                      : "; without an answer it is accepted at "
                          + Instant.ofEpochMilli(question.answerBy()));
          case ACCEPTED ->
              "what %s has been since %s is its new normal".formatted(question.entity(), since);
          case REFUSED ->
              "what %s has been since %s is an anomaly".formatted(question.entity(), since);
        };
    return base(question.entity(), version)
        .setFrom(question.since())
        .setTo(question.until())
        .setRows(question.rows())
        .setDrifted(asked)
        .setSummary(summary)
        .setExample(question.example().toString())
        .setAnswerBy(question.answerBy())
        .build();
  }

  private DriftReport over(String entity, @Nullable String version) {
    return base(entity, version)
        .setFrom(clock.millis())
        .setTo(clock.millis())
        .setRows(0)
        .setDrifted(false)
        .setSummary(entity + " is as it was before")
        .build();
  }

  private DriftReport.Builder base(String entity, @Nullable String version) {
    return DriftReport.newBuilder()
        .setKind(DriftKind.NEW_NORMAL)
        .setSubject(entity)
        .setModelVersion(version == null ? "none" : version)
        .setTimestamp(clock.millis());
  }
}

package dev.eddy.trainer.drift;

import static dev.eddy.trainer.TrainerFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.schema.DriftKind;
import dev.eddy.schema.DriftReport;
import dev.eddy.trainer.guard.Question;
import dev.eddy.trainer.guard.Question.Answer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionLogTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(9), ZoneOffset.UTC);

  private final QuestionLog log = new QuestionLog(CLOCK);

  @Test
  void asksOnce() {
    List<DriftReport> asked = log.update(List.of(question(Answer.OPEN)), "v000001");

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).getKind()).isEqualTo(DriftKind.NEW_NORMAL);
    assertThat(asked.get(0).getSubject()).isEqualTo("h1");
    assertThat(asked.get(0).getExample()).isEqualTo("connections-0-5");
    assertThat(asked.get(0).getAnswerBy()).isEqualTo(90_000L);
    assertThat(asked.get(0).getSummary())
        .startsWith("h1 has been extreme since 1970-01-01T00:00:05Z: is that its new normal?")
        .endsWith("without an answer it is accepted at 1970-01-01T00:01:30Z");
    assertThat(log.update(List.of(question(Answer.OPEN)), "v000002")).isEmpty();
    assertThat(log.open()).isEqualTo(1);
  }

  @Test
  void asksNothingAgainAfterARestart() {
    DriftReport asked = log.update(List.of(question(Answer.OPEN)), "v000001").get(0);
    QuestionLog restarted = new QuestionLog(CLOCK);

    restarted.restore(asked);

    assertThat(restarted.update(List.of(question(Answer.OPEN)), "v000001")).isEmpty();
  }

  @Test
  void reportsAnAnswerOnceAndThatAChangeIsOver() {
    log.update(List.of(question(Answer.OPEN)), "v000001");

    List<DriftReport> answered = log.update(List.of(question(Answer.ACCEPTED)), "v000001");

    assertThat(answered).extracting(DriftReport::getDrifted).containsExactly(false);
    assertThat(log.update(List.of(question(Answer.ACCEPTED)), "v000001")).isEmpty();
    assertThat(log.open()).isZero();
  }

  @Test
  void reportsNoAnswerAgainThatAnotherTrainerReported() {
    log.update(List.of(question(Answer.OPEN)), "v000001");
    DriftReport answered = log.update(List.of(question(Answer.ACCEPTED)), "v000001").get(0);
    QuestionLog another = new QuestionLog(CLOCK);

    another.restore(answered);

    assertThat(another.update(List.of(question(Answer.ACCEPTED)), "v000001")).isEmpty();
  }

  @Test
  void asksAgainAfterAChangeThatAnotherTrainerSawTheEndOf() {
    DriftReport asked = log.update(List.of(question(Answer.OPEN)), "v000001").get(0);
    DriftReport over = log.update(List.of(), "v000001").get(0);
    QuestionLog another = new QuestionLog(CLOCK);

    another.restore(asked);
    assertThat(another.open()).isEqualTo(1);
    another.restore(over);

    assertThat(another.open()).isZero();
    assertThat(another.update(List.of(question(Answer.OPEN)), "v000001")).hasSize(1);
  }

  @Test
  void reportsThatAChangeNobodyAnsweredIsOver() {
    log.update(List.of(question(Answer.OPEN)), "v000001");

    assertThat(log.update(List.of(), "v000001"))
        .extracting(DriftReport::getSummary)
        .containsExactly("h1 is as it was before");
    assertThat(log.update(List.of(question(Answer.OPEN)), "v000001")).as("a new one").hasSize(1);
  }

  @Test
  void forgetsAnswersOfEntitiesThatNobodyAsksAboutAnyMore() {
    assertThat(log.update(List.of(question(Answer.ACCEPTED)), "v000001")).hasSize(1);

    log.update(List.of(), "v000001");

    assertThat(log.update(List.of(question(Answer.ACCEPTED)), "v000001"))
        .as("as if it were new, for nothing of it is held")
        .hasSize(1);
  }

  private static Question question(Answer answer) {
    return new Question("h1", 5_000, 9_000, 30, at(5), answer, 90_000L);
  }
}

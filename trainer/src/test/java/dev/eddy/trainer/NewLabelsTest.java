package dev.eddy.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NewLabelsTest {
  private final NewLabels labels = new NewLabels();

  @Test
  void countsWhatIsNewerThanTheLastTrainingWhicheverTrainerItWas() {
    labels.seenTo(at(10));
    labels.add(at(10)); // read again after a restart
    labels.add(at(11));
    labels.add(at(30));
    assertThat(labels.count()).isEqualTo(2);

    labels.seenTo(at(20)); // elected: another one has trained meanwhile
    labels.seenTo(at(5));

    assertThat(labels.count()).isEqualTo(1);
  }

  @Test
  void beginsAnewWithATraining() {
    labels.add(at(1));

    labels.allSeen();
    assertThat(labels.count()).isZero();
    labels.add(at(2));

    assertThat(labels.count()).isEqualTo(1);
  }

  @Test
  void isBounded() {
    for (int i = 1; i <= NewLabels.MOST + 5; i++) {
      labels.add(at(i));
    }

    assertThat(labels.count()).isEqualTo(NewLabels.MOST);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }
}

package dev.eddy.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LifetimeTest {
  private final List<String> closed = new CopyOnWriteArrayList<>();

  @Test
  void closesWhatIsOpenInReverseOrderAndOnce() {
    Lifetime lifetime = Lifetime.begin();
    lifetime.own("broker", () -> closed.add("broker"), Duration.ofSeconds(1));
    lifetime.own("app", () -> closed.add("app"), Duration.ofSeconds(1));

    lifetime.close();
    lifetime.close();

    assertThat(closed).containsExactly("app", "broker");
    assertThat(lifetime.isEnding()).isTrue();
  }

  @Test
  void closesTheRestWhenOnePartHangsAndAnotherFails() {
    Lifetime lifetime = Lifetime.begin();
    CountDownLatch never = new CountDownLatch(1);
    lifetime.own("folder", () -> closed.add("folder"), Duration.ofSeconds(1));
    lifetime.own("hanging", never::await, Duration.ofMillis(50));
    lifetime.own(
        "failing",
        () -> {
          throw new IllegalStateException("no");
        },
        Duration.ofSeconds(1));

    lifetime.close();

    assertThat(closed).containsExactly("folder");
  }

  @Test
  void closesAtOnceWhatIsOpenedTooLate() {
    Lifetime lifetime = Lifetime.begin();
    lifetime.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> lifetime.own("late", () -> closed.add("late"), Duration.ofSeconds(1)))
        .withMessageContaining("late");
    assertThat(closed).containsExactly("late");
  }

  @Test
  void wakesWhoWaitsForTheEnd() throws Exception {
    Lifetime lifetime = Lifetime.begin();
    Thread waiting =
        new Thread(
            () -> {
              try {
                lifetime.awaitEnd();
                closed.add("awake");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiting.start();

    lifetime.close();
    waiting.join(5_000);

    assertThat(closed).containsExactly("awake");
  }
}

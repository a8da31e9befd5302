package dev.eddy.stream.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertLogTest {
  private final AlertLog log = new AlertLog(new ObjectMapper());

  @Test
  void ordersAlertsByEventTimeWhateverPartitionTheyCameFrom() {
    add("t-0-5", 300);
    add("t-0-9", 500);
    add("t-1-2", 400);

    assertThat(ids(2)).containsExactly("t-0-9", "t-1-2");
  }

  @Test
  void takesAnAlertThatIsReadAgainForTheSame() {
    add("t-0-5", 300);
    long before = log.lastNumber();

    add("t-0-5", 300);

    assertThat(ids(10)).containsExactly("t-0-5");
    assertThat(log.after(before)).isEmpty();
  }

  @Test
  void dropsTheOldestByEventTimeWhenItIsFull() {
    add("newest", 1_000_000);
    for (int i = 0; i < AlertLog.CAPACITY; i++) {
      add("t-0-" + i, i);
    }

    List<String> ids = ids(AlertLog.CAPACITY);
    assertThat(ids).hasSize(AlertLog.CAPACITY).startsWith("newest").doesNotContain("t-0-0");
  }

  @Test
  void showsANewAlertThoughItsClockIsSlow() {
    for (int i = 0; i < AlertLog.CAPACITY; i++) {
      add("t-0-" + i, 1_000 + i);
    }
    long before = log.lastNumber();

    add("slow", 1);

    assertThat(log.after(before)).hasSize(1);
    assertThat(ids(AlertLog.CAPACITY)).endsWith("slow");
  }

  private List<String> ids(int limit) {
    return log.latest(limit).stream().map(alert -> alert.path("id").asText()).toList();
  }

  private void add(String id, long timestamp) {
    log.add("{\"id\": \"%s\", \"timestamp\": %d}".formatted(id, timestamp).getBytes(UTF_8));
  }
}

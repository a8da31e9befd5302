package dev.eddy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.cli.shell.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path folder;

  private Path recording(String name, String... rows) throws Exception {
    Path file = folder.resolve(name);
    List<String> lines = new ArrayList<>(List.of("timestamp,host,load,swap,fault,episode"));
    lines.addAll(List.of(rows));
    return Files.write(file, lines);
  }

  private static List<DemoEvent> all(EventSource source) throws InterruptedException {
    List<DemoEvent> events = new ArrayList<>();
    for (DemoEvent event = source.next(); event != null; event = source.next()) {
      events.add(event);
    }
    return events;
  }

  @Test
  void mergesHostsAsIfTheyHadBeenRecordedAtTheSameTime() throws Exception {
    // given: b was recorded an hour after a
    Path a = recording("a.csv", "1000,a,0.5,,none,", "1200,a,0.6,,cpu-hog,1");
    Path b = recording("b.csv", "3601000,b,1,0,none,", "3601100,b,2,0,none,");

    // when
    List<DemoEvent> events = all(Recordings.of(List.of(a, b)).replay(4, 0));

    // then
    assertThat(events).extracting(DemoEvent::host).containsExactly("a", "b", "b", "a");
    assertThat(events).extracting(DemoEvent::fault).containsExactly(null, null, null, "cpu-hog");
    JsonNode first = json.readTree(events.get(0).value());
    assertThat(first.toString()).isEqualTo("{\"timestamp\":1000,\"host\":\"a\",\"load\":0.5}");
    assertThat(json.readTree(events.get(2).value()).get("timestamp").longValue()).isEqualTo(1100);
  }

  @Test
  void beginsAgainAtLaterTimesWithEpisodesOfTheirOwn() throws Exception {
    Path a = recording("a.csv", "1000,a,0.5,0,cpu-hog,1", "1200,a,0.6,0,none,");

    List<DemoEvent> events = all(Recordings.of(List.of(a)).replay(5, 0));

    assertThat(events).hasSize(5);
    long last = 0;
    for (DemoEvent event : events) {
      long timestamp = json.readTree(event.value()).get("timestamp").longValue();
      assertThat(timestamp).isGreaterThan(last);
      last = timestamp;
    }
    assertThat(events.get(0).episode()).isNotEqualTo(events.get(2).episode());
  }

  @Test
  void cutsExtraCopiesOffAndCountsThemAmongTheEvents() throws Exception {
    Path a = recording("a.csv", "1000,a,1,0,none,", "1200,a,2,0,none,", "1400,a,3,0,none,");

    List<DemoEvent> events = all(Recordings.of(List.of(a)).replay(4, 2));

    assertThat(events).extracting(DemoEvent::readable).containsExactly(true, false, true, false);
    assertThat(json.readTree(events.get(2).value()).get("load").intValue()).isEqualTo(2);
    assertThatThrownBy(() -> json.readTree(events.get(1).value())).isNotNull();
  }

  @Test
  void refusesAFileThatIsNoRecording() throws Exception {
    Path file = Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n");

    assertThatThrownBy(() -> Recordings.of(List.of(file)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("x.csv must be a recording");
  }
}

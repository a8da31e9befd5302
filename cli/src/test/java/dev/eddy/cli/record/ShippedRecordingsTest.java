package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recordings that ship with the demo keep the format that the recorder writes. */
class ShippedRecordingsTest {

  private static final int COLUMNS = TelemetrySample.names().size() + 4;

  /** Processor shares, from the third column on, are empty where no tick passed between looks. */
  private static final int CPU_COLUMNS_END = 6;

  @ParameterizedTest
  @ValueSource(strings = {"host-1", "host-2", "host-3"})
  void haveTheRecordersColumns(String host) throws IOException {
    String columns = String.join(",", TelemetrySample.names());

    assertThat(lines(host).get(0)).isEqualTo("timestamp,host," + columns + ",fault,episode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host-1", "host-2", "host-3"})
  void areWholeAndInOrderOfTime(String host) throws IOException {
    List<String[]> rows = rows(host);

    List<Long> times = rows.stream().map(row -> Long.valueOf(row[0])).toList();
    assertThat(rows).hasSizeGreaterThan(5_000).allMatch(row -> row.length == COLUMNS);
    assertThat(rows).allMatch(row -> row[1].equals(host));
    assertThat(times).isSorted().doesNotHaveDuplicates();
    assertThat(rows)
        .allMatch(
            row -> Arrays.stream(row, CPU_COLUMNS_END, COLUMNS - 2).noneMatch(String::isEmpty));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host-1", "host-2", "host-3"})
  void haveEveryKindOfFaultAtLeastTwice(String host) throws IOException {
    Map<String, Set<String>> episodes = episodesByKind(host);

    assertThat(episodes)
        .hasSize(FaultKind.values().length)
        .allSatisfy((kind, numbers) -> assertThat(FaultKind.ofLabel(kind)).isPresent())
        .allSatisfy((kind, numbers) -> assertThat(numbers).hasSizeBetween(2, 3));
  }

  @Test
  void haveEveryKindOfFaultAtLeastSevenTimesTogether() throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    for (String host : List.of("host-1", "host-2", "host-3")) {
      episodesByKind(host)
          .forEach((kind, numbers) -> counts.merge(kind, numbers.size(), Integer::sum));
    }

    assertThat(counts)
        .hasSize(FaultKind.values().length)
        .allSatisfy((kind, count) -> assertThat(count).isGreaterThanOrEqualTo(7));
  }

  @Test
  void haveTheChecksumsThatTheirPageSays() throws Exception {
    String page = Files.readString(Path.of("../docs/demo-data.md"));

    for (String host : List.of("host-1", "host-2", "host-3")) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(host));

      assertThat(page).contains(HexFormat.of().formatHex(digest) + "  " + host + ".csv.gz");
    }
  }

  private static Map<String, Set<String>> episodesByKind(String host) throws IOException {
    return rows(host).stream()
        .filter(row -> !row[COLUMNS - 2].equals("none"))
        .collect(
            Collectors.groupingBy(
                row -> row[COLUMNS - 2],
                Collectors.mapping(row -> row[COLUMNS - 1], Collectors.toSet())));
  }

  private static List<String[]> rows(String host) throws IOException {
    return lines(host).stream().skip(1).map(line -> line.split(",", -1)).toList();
  }

  private static List<String> lines(String host) throws IOException {
    try (InputStream in = new GZIPInputStream(open(host));
        Stream<String> lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines()) {
      return lines.toList();
    }
  }

  private static byte[] bytes(String host) throws IOException {
    try (InputStream in = open(host)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String host) {
    String name = "/dev/eddy/cli/demo/telemetry/" + host + ".csv.gz";
    return Objects.requireNonNull(ShippedRecordingsTest.class.getResourceAsStream(name), name);
  }
}

package dev.eddy.cli.demo;

import dev.eddy.cli.shell.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Recorded telemetry of several hosts, merged as if it had been recorded at the same time: each
 * recording begins at zero, and its samples keep their distances.
 *
 * <p>A recording is what {@code eddy record} writes as CSV: timestamp, host, the values, fault and
 * episode; no field of it needs quoting.
 */
final class Recordings {
  private static final List<String> SHIPPED = List.of("host-1", "host-2", "host-3");
  private static final String NO_FAULT = "none";
  private static final int VALUES_FROM = 2;
  private static final int AFTER_VALUES = 2;

  private final List<String> names;
  private final List<Row> rows;
  private final long startMillis;

  /**
   * One sample.
   *
   * @param atMillis time since the recording began
   * @param line as it stands in the file
   */
  record Row(long atMillis, String line) {}

  private Recordings(List<String> names, List<Row> rows, long startMillis) {
    this.names = List.copyOf(names);
    this.rows = List.copyOf(rows);
    this.startMillis = startMillis;
  }

  /** Reads the recordings that ship with the demo. */
  static Recordings shipped() {
    List<Part> parts = new ArrayList<>();
    for (String host : SHIPPED) {
      String resource = "telemetry/" + host + ".csv.gz";
      try (InputStream in = Recordings.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new UsageException(
              "recording %s must be part of this build, found none".formatted(resource));
        }
        parts.add(read(resource, new GZIPInputStream(in)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return merge(parts);
  }

  /** Reads recordings from files, {@code .csv} or {@code .csv.gz}. */
  static Recordings of(List<Path> files) {
    List<Part> parts = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        boolean zipped = file.toString().endsWith(".gz");
        parts.add(read(file.toString(), zipped ? new GZIPInputStream(in) : in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return merge(parts);
  }

  private record Part(String origin, String header, List<Row> rows, long startMillis) {}

  private static Part read(String origin, InputStream in) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String header = reader.readLine();
    if (header == null
        || !header.startsWith("timestamp,host,")
        || !header.endsWith(",fault,episode")) {
      throw new UsageException(
          "%s must be a recording with the columns timestamp,host,...,fault,episode, found %s"
              .formatted(origin, header));
    }
    List<Row> rows = new ArrayList<>();
    long start = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      long timestamp = Long.parseLong(line, 0, line.indexOf(','), 10);
      start = rows.isEmpty() ? timestamp : start;
      rows.add(new Row(timestamp - start, line));
    }
    return new Part(origin, header, rows, start);
  }

  private static Recordings merge(List<Part> parts) {
    String header = parts.get(0).header();
    List<Row> rows = new ArrayList<>();
    long start = Long.MAX_VALUE;
    for (Part part : parts) {
      if (!part.header().equals(header) || part.rows().isEmpty()) {
        throw new UsageException(
            "%s must have rows and the columns of %s, found %d rows and %s"
                .formatted(
                    part.origin(), parts.get(0).origin(), part.rows().size(), part.header()));
      }
      rows.addAll(part.rows());
      start = Math.min(start, part.startMillis());
    }
    rows.sort(
        Comparator.comparingLong(Row::atMillis)); // stable: samples of a host keep their order
    List<String> columns = List.of(header.split(","));
    return new Recordings(columns.subList(VALUES_FROM, columns.size() - AFTER_VALUES), rows, start);
  }

  /** Returns how many samples there are. */
  int size() {
    return rows.size();
  }

  /** Returns how long the longest recording is, and a sample more. */
  long spanMillis() {
    return rows.get(rows.size() - 1).atMillis() + 200;
  }

  /**
   * Begins a replay.
   *
   * @param events how many events to give; after the last sample the first one follows, later by
   *     {@link #spanMillis()}
   * @param cutEvery each so many events one has its second half cut off, as a broken sender would;
   *     0: none
   */
  EventSource replay(long events, int cutEvery) {
    return new Replayed(events, cutEvery);
  }

  private final class Replayed implements EventSource {
    private final TelemetryJson json = new TelemetryJson(names);
    private final long events;
    private final int cutEvery;
    private long given;
    private long sample;

    Replayed(long events, int cutEvery) {
      this.events = events;
      this.cutEvery = cutEvery;
    }

    @Override
    public @Nullable DemoEvent next() {
      if (given == events) {
        return null;
      }
      given++;
      if (cutEvery > 0 && given % cutEvery == 0) {
        DemoEvent whole = event(sample); // an extra copy: the sample itself follows, unharmed
        byte[] half = Arrays.copyOf(whole.value(), whole.value().length / 2);
        return new DemoEvent(whole.host(), half, null, null, false);
      }
      return event(sample++);
    }

    @Override
    public boolean knowsTruth() {
      return true;
    }

    private DemoEvent event(long index) {
      long pass = index / rows.size();
      Row row = rows.get((int) (index % rows.size()));
      List<String> fields = List.of(row.line().split(",", -1));
      int values = VALUES_FROM + names.size();
      String host = fields.get(1);
      long timestamp = startMillis + pass * spanMillis() + row.atMillis();
      byte[] value = json.write(timestamp, host, fields.subList(VALUES_FROM, values));
      String fault = fields.get(values);
      return NO_FAULT.equals(fault)
          ? new DemoEvent(host, value, null, null, true)
          : new DemoEvent(
              host, value, fault, "%s/%d/%s".formatted(host, pass, fields.get(values + 1)), true);
    }
  }
}

package dev.eddy.trainer.collection;

import dev.eddy.event.Coordinates;
import dev.eddy.feature.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** From where to where each partition of the source was read. */
final class ReadSpans {
  private final String topic;
  private final SortedMap<Integer, Span> spans = new TreeMap<>();

  /** Part of a partition; {@code next} is the offset behind the last. */
  private record Span(long first, long next) {}

  /** Makes spans of no partition yet. */
  ReadSpans(String topic) {
    this.topic = topic;
  }

  void begin(int partition, long offset) {
    spans.put(partition, new Span(offset, offset));
  }

  void reached(Coordinates coordinates) {
    long offset = coordinates.offset();
    spans.compute(
        coordinates.partition(),
        (partition, span) -> new Span(span == null ? offset : span.first(), offset + 1));
  }

  /** Returns whether a record is of a partition that is read. */
  boolean isOfSource(Coordinates coordinates) {
    return coordinates.topic().equals(topic) && spans.containsKey(coordinates.partition());
  }

  /** Returns whether a record is still to come. */
  boolean isAhead(Coordinates coordinates) {
    Span span = spans.get(coordinates.partition());
    return coordinates.topic().equals(topic) && span != null && coordinates.offset() >= span.next();
  }

  /** Says for a manifest from where rows are, and up to where the source was read. */
  SortedMap<String, String> trainedOn(List<Sample> rows) {
    Map<Integer, Long> first = new HashMap<>();
    rows.stream()
        .map(row -> row.observation().event().coordinates())
        .forEach(at -> first.merge(at.partition(), at.offset(), Math::min));
    SortedMap<String, String> trainedOn = new TreeMap<>();
    spans.forEach(
        (partition, span) ->
            trainedOn.put(
                topic + "-" + partition,
                TrainedOffsets.text(first.getOrDefault(partition, span.first()), span.next() - 1)));
    return trainedOn;
  }
}

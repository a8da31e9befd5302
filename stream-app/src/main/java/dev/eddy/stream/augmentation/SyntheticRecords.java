package dev.eddy.stream.augmentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.event.Coordinates;
import dev.eddy.event.Event;
import dev.eddy.event.EventCodec;
import dev.eddy.event.TimestampForm;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.AugmentationRequest;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes synthetic rows as records that a reader of the source topic can read. Headers say that
 * they are synthetic, and which request, model, class and seed they come from. Event times begin
 * with the request's own and are a millisecond apart, so that the same request gives the same
 * bytes, as long as the source writes its timestamps as it did.
 */
final class SyntheticRecords {
  private final EventCodec codec;
  private final Supplier<TimestampForm> timestamps;
  private final String topic;

  SyntheticRecords(
      EventCodec codec, Supplier<TimestampForm> timestamps, StreamDefinition definition) {
    this.codec = codec;
    this.timestamps = timestamps;
    this.topic = definition.source().topic();
  }

  /**
   * Writes one row.
   *
   * @param index its place in the request, from 0
   * @param guidance how rules, fixed values or given records were honoured; null: there were none
   * @param now Kafka's timestamp of the record: topics keep records by it
   */
  Record<String, Object> of(
      SyntheticRow row,
      AugmentationRequest request,
      int index,
      ModelVersion model,
      @Nullable String guidance,
      long now) {
    var event =
        new Event(
            new Coordinates(topic, 0, index), // the codec writes none: it stands nowhere yet
            row.entity(),
            request.getTimestamp() + index,
            row.numbers(),
            row.categories(),
            row.labelClass());
    var headers = new RecordHeaders();
    put(headers, SyntheticHeaders.SYNTHETIC, "true");
    put(headers, SyntheticHeaders.MODEL, model.value());
    put(headers, SyntheticHeaders.CLASS, row.labelClass());
    put(headers, SyntheticHeaders.REQUEST, request.getId());
    put(headers, SyntheticHeaders.SEED, Long.toString(request.getSeed()));
    put(headers, SyntheticHeaders.ROW, Integer.toString(index));
    if (guidance != null) {
      put(headers, SyntheticHeaders.GUIDANCE, guidance);
    }
    return new Record<>(row.entity(), codec.encode(event, timestamps.get()), now, headers);
  }

  /**
   * Reads a record of the source as a row.
   *
   * @param labelClass its class where it names none itself
   * @throws IllegalArgumentException if it is none
   */
  SyntheticRow read(String record, String labelClass) {
    Coordinates nowhere = new Coordinates(topic, 0, 0);
    if (!(codec.decode(null, record.getBytes(UTF_8), 0, nowhere) instanceof Event event)) {
      throw new IllegalArgumentException("between must have records of the source's format");
    }
    double[] numbers = new double[event.numberCount()];
    Arrays.setAll(numbers, event::number);
    @Nullable String[] categories = new String[event.categoryCount()];
    Arrays.setAll(categories, event::category);
    String label = event.label();
    return new SyntheticRow(
        event.entity(), numbers, categories, label == null ? labelClass : label);
  }

  private static void put(RecordHeaders headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}

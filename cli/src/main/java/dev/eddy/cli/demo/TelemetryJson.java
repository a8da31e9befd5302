package dev.eddy.cli.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes samples of telemetry as the JSON objects of the demo's source topic. */
final class TelemetryJson {
  private final JsonFactory factory = new JsonFactory();
  private final List<String> names;

  /** Takes the names of the values, in their order. */
  TelemetryJson(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Writes one sample.
   *
   * @param values one decimal number for each name, as text; empty: left out
   */
  byte[] write(long timestampMillis, String host, List<String> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("timestamp", timestampMillis);
      json.writeStringField("host", host);
      for (int i = 0; i < names.size(); i++) {
        if (!values.get(i).isEmpty()) {
          json.writeFieldName(names.get(i));
          json.writeNumber(values.get(i));
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

package dev.eddy.stream.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.AugmentationRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that is being answered.
 *
 * @param done rows that were published or refused
 * @param chunks chunks that were drawn
 * @param candidates rows that were drawn, kept or not
 * @param rejected rule to the number of candidates that broke it
 */
record OpenRequest(
    AugmentationRequest request,
    int done,
    int chunks,
    long candidates,
    Map<String, Long> rejected) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final SchemaJson<AugmentationRequest> JSON =
      SchemaJson.of(AugmentationRequest.class);

  /** Copies the map. */
  OpenRequest {
    rejected = new TreeMap<>(rejected);
  }

  static OpenRequest of(AugmentationRequest request) {
    return new OpenRequest(request, 0, 0, 0, Map.of());
  }

  static OpenRequest fromBytes(byte[] bytes) {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      Map<String, Long> rejected = new TreeMap<>();
      json.required("rejected")
          .properties()
          .forEach(entry -> rejected.put(entry.getKey(), entry.getValue().asLong()));
      return new OpenRequest(
          JSON.read(json.required("request").binaryValue()),
          json.required("done").asInt(),
          json.required("chunks").asInt(),
          json.required("candidates").asLong(),
          rejected);
    } catch (IOException e) {
      throw new UncheckedIOException("open request must be readable", e);
    }
  }

  byte[] toBytes() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("done", done).put("chunks", chunks).put("candidates", candidates);
    ObjectNode rules = json.putObject("rejected");
    rejected.forEach(rules::put);
    json.put("request", JSON.write(request));
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException("open request must be writable", e);
    }
  }

  int remaining() {
    return request.getRows() - done;
  }

  OpenRequest advancedBy(int rows) {
    return new OpenRequest(request, done + rows, chunks, candidates, rejected);
  }

  /** Counts one chunk, and what was rejected in it. */
  OpenRequest drawn(int drawn, Map<String, Long> more) {
    Map<String, Long> sum = new TreeMap<>(rejected);
    more.forEach((rule, number) -> sum.merge(rule, number, Long::sum));
    return new OpenRequest(request, done, chunks + 1, candidates + drawn, sum);
  }
}

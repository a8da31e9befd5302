package dev.eddy.model;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors format, float32 only: eight bytes with the header's length (little endian), a
 * JSON header that maps each name to dtype, shape and byte range, then the values. Reading it runs
 * no code. Written here rather than by the engine so that bytes are the same on every run, sizes
 * are bounded before anything is allocated, and no native library is needed to look at a model.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class Safetensors {
  private static final int MAX_FILE_BYTES = 512 << 20;
  private static final int MAX_HEADER_BYTES = 4 << 20;
  private static final int MAX_TENSORS = 10_000;
  private static final int MAX_RANK = 8;
  private static final int ALIGNMENT = 8;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Safetensors() {}

  private record Entry(String name, List<Integer> shape, long begin, long end) {
    int[] dimensions() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  static byte[] encode(Tensors tensors) {
    StringBuilder header = new StringBuilder("{");
    long offset = 0;
    for (String name : tensors.names()) {
      Tensor tensor = tensors.get(name);
      long end = offset + 4L * tensor.size();
      // Names and numbers need no escapes: Tensors admits plain names only.
      header
          .append(header.length() > 1 ? "," : "")
          .append('"')
          .append(name)
          .append("\":{\"dtype\":\"F32\",\"shape\":")
          .append(Arrays.toString(tensor.shape()).replace(" ", ""))
          .append(",\"data_offsets\":[")
          .append(offset) // not formatted: some locales have other digits
          .append(',')
          .append(end)
          .append("]}");
      offset = end;
    }
    header.append('}');
    while (header.length() % ALIGNMENT != 0) {
      header.append(' ');
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int size = Math.toIntExact(Long.BYTES + json.length + offset);
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    for (String name : tensors.names()) {
      float[] values = tensors.get(name).values();
      file.asFloatBuffer().put(values);
      file.position(file.position() + 4 * values.length);
    }
    return file.array();
  }

  static Tensors decode(byte[] bytes) {
    if (bytes.length < Long.BYTES || bytes.length > MAX_FILE_BYTES) {
      throw new TensorFormatException(
          "safetensors file must have %d to %d bytes, got %d"
              .formatted(Long.BYTES, MAX_FILE_BYTES, bytes.length));
    }
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = file.getLong();
    if (headerBytes < 2
        || headerBytes > MAX_HEADER_BYTES
        || headerBytes > bytes.length - Long.BYTES) {
      throw new TensorFormatException(
          "safetensors header must have 2 to %d bytes inside the file, got %d of %d"
              .formatted(MAX_HEADER_BYTES, headerBytes, bytes.length));
    }
    int dataStart = Long.BYTES + (int) headerBytes;
    List<Entry> entries = entries(header(bytes, (int) headerBytes));
    Map<String, Tensor> tensors = new TreeMap<>();
    long expected = 0;
    for (Entry entry : entries) {
      if (entry.begin() != expected || entry.end() > bytes.length - dataStart) {
        throw new TensorFormatException(
            "safetensors tensor %s must start at byte %d and end inside the file, got [%d, %d]"
                .formatted(entry.name(), expected, entry.begin(), entry.end()));
      }
      float[] values = new float[(int) ((entry.end() - entry.begin()) / 4)];
      file.position(dataStart + (int) entry.begin());
      file.asFloatBuffer().get(values);
      tensors.put(entry.name(), Tensor.of(values, entry.dimensions()));
      expected = entry.end();
    }
    if (expected != bytes.length - dataStart) {
      throw new TensorFormatException(
          "safetensors data must have the %d bytes that its header names, got %d"
              .formatted(expected, bytes.length - dataStart));
    }
    try {
      return Tensors.of(tensors);
    } catch (IllegalArgumentException e) {
      throw new TensorFormatException("safetensors " + e.getMessage(), e);
    }
  }

  private static JsonNode header(byte[] bytes, int length) {
    try {
      JsonNode header =
          JSON.readTree(new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8));
      if (!header.isObject() || header.size() > MAX_TENSORS) {
        throw new TensorFormatException(
            "safetensors header must be an object of at most %d tensors".formatted(MAX_TENSORS));
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new TensorFormatException(
          "safetensors header must be JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Returns the tensors by where they start; empty ones before others that start there. */
  private static List<Entry> entries(JsonNode header) {
    List<Entry> entries = new ArrayList<>();
    header
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("__metadata__")) {
                entries.add(entry(field.getKey(), field.getValue()));
              }
            });
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private static Entry entry(String name, JsonNode node) {
    JsonNode shape = node.path("shape");
    JsonNode range = node.path("data_offsets");
    boolean sound =
        node.size() == 3
            && node.path("dtype").isTextual()
            && shape.isArray()
            && shape.size() <= MAX_RANK
            && range.isArray()
            && range.size() == 2
            && range.path(0).canConvertToLong()
            && range.path(1).canConvertToLong();
    if (!sound) {
      throw new TensorFormatException(
          "safetensors tensor %s must have dtype, shape and data_offsets and nothing else"
              .formatted(name));
    }
    if (!node.path("dtype").asText().equals("F32")) {
      throw new TensorFormatException(
          "safetensors tensor %s must have dtype F32, got %s"
              .formatted(name, node.path("dtype").asText()));
    }
    List<Integer> dimensions = new ArrayList<>();
    for (JsonNode dimension : shape) {
      if (!dimension.isIntegralNumber() || !dimension.canConvertToInt() || dimension.asInt() < 0) {
        throw new TensorFormatException(
            "safetensors tensor %s must have whole dimensions >= 0, got %s".formatted(name, shape));
      }
      dimensions.add(dimension.asInt());
    }
    Entry entry = new Entry(name, dimensions, range.path(0).asLong(), range.path(1).asLong());
    checkSize(entry);
    return entry;
  }

  private static void checkSize(Entry entry) {
    long values;
    try {
      values = Tensor.sizeOf(entry.dimensions());
    } catch (ArithmeticException e) {
      throw new TensorFormatException(
          "safetensors tensor %s is too large".formatted(entry.name()), e);
    }
    if (values > MAX_FILE_BYTES / 4
        || entry.begin() < 0
        || entry.end() - entry.begin() != values * 4) {
      throw new TensorFormatException(
          "safetensors tensor %s of shape %s must take %d bytes, got [%d, %d]"
              .formatted(entry.name(), entry.shape(), values * 4, entry.begin(), entry.end()));
    }
  }
}

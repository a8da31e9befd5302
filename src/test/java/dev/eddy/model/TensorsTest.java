package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorsTest {
  private static final Tensors TWO =
      Tensors.of(
          Map.of(
              "b.weight", Tensor.of(new float[] {1, -2.5f, 3, 4, 5, Float.MIN_VALUE}, 2, 3),
              "a.bias", Tensor.of(new float[] {7}, 1),
              "c.empty", Tensor.of(new float[0], 0, 4)));

  @Test
  void comesBackFromSafetensorsAsItWas() {
    Tensors read = Tensors.fromSafetensors(TWO.toSafetensors());

    assertThat(read).isEqualTo(TWO);
    assertThat(read.toSafetensors()).isEqualTo(TWO.toSafetensors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "ne-NP"})
  void writesTheSameBytesWhereDigitsAreOthers(String locale) {
    byte[] expected = TWO.toSafetensors();
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      assertThat(TWO.toSafetensors()).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void writesTheBytesThatTheFormatAsksFor() {
    byte[] bytes = Tensors.of(Map.of("x", Tensor.of(new float[] {1.5f}, 1))).toSafetensors();

    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(file.getLong());
    assertThat(header % 8).isZero();
    assertThat(new String(bytes, 8, header, StandardCharsets.UTF_8).strip())
        .isEqualTo("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}");
    assertThat(file.getFloat(8 + header)).isEqualTo(1.5f);
    assertThat(bytes).hasSize(8 + header + 4);
  }

  @Test
  void isReadByTheEnginesOwnReader() {
    try (NDManager manager = Engines.newManager(ModelDevice.CPU);
        NDList list = NDList.decode(manager, TWO.under("b.").toSafetensors())) {
      NDArray weight = list.singletonOrThrow();

      assertThat(weight.getName()).isEqualTo("weight");
      assertThat(weight.getShape().getShape()).containsExactly(2, 3);
      assertThat(weight.toFloatArray()).isEqualTo(TWO.get("b.weight").values());
    }
  }

  @Test
  void readsMetadataAndAnyOrderThatOtherToolsWrite() {
    byte[] bytes =
        file(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"a\":{\"shape\":[1],\"dtype\":\"F32\",\"data_offsets\":[4,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}",
            8);

    Tensors read = Tensors.fromSafetensors(bytes);

    assertThat(read.names()).containsExactly("a", "b");
    assertThat(read.get("b").shape()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | must take 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | must start at byte 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 3 | end inside the file",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 5 | must have the 4 bytes",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}} | 8 | must have dtype F32, got F64",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | dimensions >= 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | 4 | whole dimensions",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,4]}} | 4 | too large",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647],\"data_offsets\":[0,8589934588]}} | 4 | must take",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | 4 | must have dtype, shape and data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}} | 4 | and nothing else",
        "{\"a/b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | tensor name must match",
        "{\"a\":1,\"a\":2} | 4 | must be JSON",
        "[] | 0 | must be an object",
        "{} {} | 0 | must be JSON",
        "{\"a\":[[[[[[[[[[[1]]]]]]]]]]]} | 0 | must be JSON",
      })
  void refusesMalformedFilesAndSaysWhy(String header, int dataBytes, String reason) {
    assertThatThrownBy(() -> Tensors.fromSafetensors(file(header, dataBytes)))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesEveryCutOfAFileAndHeadersThatAreTooLong() {
    byte[] whole = TWO.toSafetensors();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Tensors.fromSafetensors(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(TensorFormatException.class);
    }
    byte[] long63 =
        ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 62).array();
    assertThatThrownBy(() -> Tensors.fromSafetensors(long63))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("header");
  }

  @Test
  void joinsAndSplitsByPrefix() {
    Tensors joined = TWO.prefixed("left.").with(TWO.prefixed("right."));

    assertThat(joined.under("right.")).isEqualTo(TWO);
    assertThatThrownBy(() -> joined.with(TWO.prefixed("left.")))
        .hasMessageContaining("left.a.bias is there twice");
    assertThatThrownBy(() -> TWO.get("nowhere")).hasMessageContaining("nowhere is missing");
  }

  @Test
  void keepsItsValuesWhenTheCallersArraysChange() {
    float[] values = {1};
    Tensor tensor = Tensor.of(values, 1);

    values[0] = 2;
    tensor.values()[0] = 3;
    tensor.shape()[0] = 4;

    assertThat(tensor).isEqualTo(Tensor.of(new float[] {1}, 1));
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}

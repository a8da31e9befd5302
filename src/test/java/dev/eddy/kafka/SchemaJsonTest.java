package dev.eddy.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.schema.Alert;
import dev.eddy.schema.Label;
import dev.eddy.schema.Reason;
import dev.eddy.schema.Severity;
import dev.eddy.schema.Verdict;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaJsonTest {
  private static final Label LABEL =
      new Label("connections", 1, 42L, Verdict.TRUE_ALARM, "dos", "ann", 1_000L);

  private final SchemaJson<Label> labels = SchemaJson.of(Label.class);

  @Test
  void writesPlainJsonInTheOrderOfTheSchema() {
    String json = new String(labels.write(LABEL), UTF_8);

    assertThat(json)
        .isEqualTo(
            "{\"topic\":\"connections\",\"partition\":1,\"offset\":42,\"verdict\":\"TRUE_ALARM\","
                + "\"labelClass\":\"dos\",\"who\":\"ann\",\"timestamp\":1000}");
  }

  @Test
  void readsWhatItWroteWithListsMapsAndNulls() {
    var alert =
        new Alert(
            "connections-0-7",
            "host \"ä\"",
            5L,
            "connections",
            0,
            7L,
            9.25,
            1e-4,
            4.6,
            Severity.CRITICAL,
            "connections-0-5",
            "v000001",
            "duration is far above its usual value",
            List.of(new Reason("duration", "12.5", null, null, 1.0)),
            Map.of("vae.elbo", 3.5, "forest", Double.POSITIVE_INFINITY),
            List.of(0.1, Double.NaN),
            512,
            7);
    SchemaJson<Alert> alerts = SchemaJson.of(Alert.class);

    Alert read = alerts.read(alerts.write(alert));

    assertThat(read).isEqualTo(alert);
  }

  @Test
  void passesOverFieldsThatItDoesNotKnowAndTakesDefaults() {
    String json =
        "{\"new\":{\"deep\":[1,{\"x\":2}]},\"topic\":\"t\",\"partition\":0,\"offset\":1,"
            + "\"verdict\":\"EXPECTED\",\"who\":\"w\",\"timestamp\":2}";

    assertThat(labels.read(json.getBytes(UTF_8)))
        .isEqualTo(new Label("t", 0, 1L, Verdict.EXPECTED, null, "w", 2L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"topic\":\"t\",\"partition\":0,\"offset\":1,\"verdict\":\"PERHAPS\",\"who\":\"w\",\"timestamp\":2}",
        "{\"topic\":null,\"partition\":0,\"offset\":1,\"verdict\":\"MISSED\",\"who\":\"w\",\"timestamp\":2}",
        "{\"topic\":\"t\",\"partition\":\"0\",\"offset\":1,\"verdict\":\"MISSED\",\"who\":\"w\",\"timestamp\":2}",
        "{\"topic\":\"t\",\"partition\":0,\"offset\":1.5,\"verdict\":\"MISSED\",\"who\":\"w\",\"timestamp\":2}",
        "{\"topic\":\"t\",\"partition\":3000000000,\"offset\":1,\"verdict\":\"MISSED\",\"who\":\"w\",\"timestamp\":2}",
      })
  void refusesWhatDoesNotFitTheSchema(String json) {
    assertThatThrownBy(() -> labels.read(json.getBytes(UTF_8)))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void namesTheFieldThatIsMissing() {
    assertThatThrownBy(() -> labels.read("{\"topic\":\"t\"}".getBytes(UTF_8)))
        .isInstanceOf(SerializationException.class)
        .hasMessage("Label must fit its schema: Label.partition must be present");
  }

  @Test
  void refusesMoreThanOneValue() {
    byte[] twice = (new String(labels.write(LABEL), UTF_8) + "{}").getBytes(UTF_8);

    assertThatThrownBy(() -> labels.read(twice)).isInstanceOf(SerializationException.class);
  }

  @Test
  void letsTombstonesPassAsASerde() {
    try (var serde = labels.serde()) {
      assertThat(serde.serializer().serialize("t", null)).isNull();
      assertThat(serde.deserializer().deserialize("t", (byte[]) null)).isNull();
    }
  }
}

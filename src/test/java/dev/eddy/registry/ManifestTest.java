package dev.eddy.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private final Manifest manifest = ArtifactFixture.manifest(ModelVersion.of(7));

  @Test
  void comesBackFromJsonAsItWas() {
    assertThat(Manifest.fromJson(manifest.toJson())).isEqualTo(manifest);
  }

  @Test
  void readsWellForAPerson() {
    assertThat(new String(manifest.toJson(), UTF_8))
        .contains("\"version\" : \"v000007\",\n  \"stream\" : \"network\"");
  }

  @Test
  void passesOverFieldsOfALaterEddy() {
    String later = new String(manifest.toJson(), UTF_8).replaceFirst("\\{", "{\"signature\":[1],");

    assertThat(Manifest.fromJson(later.getBytes(UTF_8))).isEqualTo(manifest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "null", "{\"version\":\"\"}", "{\"version\":{}}"})
  void refusesWhatIsNoManifest(String json) {
    assertThatThrownBy(() -> Manifest.fromJson(json.getBytes(UTF_8)))
        .isInstanceOf(ModelLoadException.class);
  }
}

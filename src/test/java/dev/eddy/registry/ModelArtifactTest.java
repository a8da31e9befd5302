package dev.eddy.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArtifactTest {
  private static final ModelVersion V1 = ModelVersion.of(1);
  private final ModelArtifact artifact = ArtifactFixture.artifact(V1, 10_000);

  @Test
  void comesBackFromAZipAsItWas() {
    ModelArtifact read = ModelArtifact.fromZip(artifact.toZip());

    assertThat(read.manifest()).isEqualTo(artifact.manifest());
    assertThat(read.parts().keySet()).containsExactly("encoder.json", "vae.safetensors");
    assertThat(read.parts().get("vae.safetensors"))
        .isEqualTo(artifact.parts().get("vae.safetensors"));
  }

  @Test
  void givesTheSameBytesForTheSameContents() {
    assertThat(ArtifactFixture.artifact(V1, 10_000).toZip()).isEqualTo(artifact.toZip());
  }

  @Test
  void listsTheSha256OfEachPartInTheManifest() {
    ModelArtifact abc =
        ModelArtifact.of(ArtifactFixture.manifest(V1), Map.of("a.bin", "abc".getBytes(UTF_8)));

    assertThat(abc.manifest().parts())
        .containsEntry("a.bin", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void refusesAnAlteredPart() {
    Map<String, byte[]> entries = entries();
    requireNonNull(entries.get("vae.safetensors"))[17] ^= 1;

    assertRefused(
        entries, "v000001 must match its manifest, but the sha256 of vae.safetensors differs");
  }

  @Test
  void refusesAMissingPart() {
    Map<String, byte[]> entries = entries();
    entries.remove("encoder.json");

    assertRefused(entries, "v000001 must hold the parts of its manifest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"extra.json", "../encoder.json", "/etc/passwd", "a/b.json", "C:\\x.json", "", "."})
  void refusesAnEntryThatTheManifestDoesNotName(String name) {
    Map<String, byte[]> entries = entries();
    entries.put(name, new byte[] {1});

    assertRefused(entries, "v000001 must hold only the parts of its manifest, got one more");
  }

  @Test
  void refusesPathTricksThatTheManifestNames() {
    byte[] manifest =
        new String(artifact.manifest().toJson(), UTF_8)
            .replace("encoder.json", "../encoder.json")
            .getBytes(UTF_8);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(ModelArtifact.MANIFEST, manifest);
    entries.put("../encoder.json", artifact.parts().get("encoder.json"));

    assertRefused(entries, "must hold only the parts of its manifest");
  }

  @Test
  void refusesPartsBeforeTheManifest() {
    Map<String, byte[]> entries = new LinkedHashMap<>(artifact.parts());
    entries.put(ModelArtifact.MANIFEST, artifact.manifest().toJson());

    assertRefused(entries, "artifact must begin with its one manifest.json");
  }

  @Test
  void refusesAManifestThatGrowsWhenItIsRead() {
    Map<String, byte[]> entries = Map.of(ModelArtifact.MANIFEST, new byte[20 << 20]);
    byte[] bomb = zip(entries);

    assertThat(bomb.length).isLessThan(100_000);
    assertThatThrownBy(() -> ModelArtifact.fromZip(bomb))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("artifact must have at most 1048576 bytes in manifest.json");
  }

  @Test
  void refusesAPartThatGrowsBeyondWhatAnArtifactMayHold() {
    byte[] bomb = ArtifactZip.write(artifact);

    assertThatThrownBy(() -> ArtifactZip.read(bomb, 1_000))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("artifact must have at most 998 bytes in vae.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a zip", "PK\u0003\u0004", "{}"})
  void refusesWhatIsNoZip(String bytes) {
    assertThatThrownBy(() -> ModelArtifact.fromZip(bytes.getBytes(UTF_8)))
        .isInstanceOf(ModelLoadException.class);
  }

  @Test
  void refusesEachTruncation() {
    byte[] whole = artifact.toZip();
    for (int length = 0; length < whole.length - 200; length += 97) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ModelArtifact.fromZip(part))
          .as("first %d of %d bytes", length, whole.length)
          .isInstanceOf(ModelLoadException.class);
    }
  }

  @Test
  void refusesToBeMadeOfNamesThatAreNoPlainFileNames() {
    for (String name : new String[] {"../a.json", "a", "manifest.json", "A.json", "a/b.json"}) {
      assertThatThrownBy(
              () -> ModelArtifact.of(ArtifactFixture.manifest(V1), Map.of(name, new byte[0])))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Map<String, byte[]> entries() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(ModelArtifact.MANIFEST, artifact.manifest().toJson());
    artifact.parts().forEach((name, bytes) -> entries.put(name, bytes.clone()));
    return entries;
  }

  private static void assertRefused(Map<String, byte[]> entries, String message) {
    assertThatThrownBy(() -> ModelArtifact.fromZip(zip(entries)))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(message);
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}

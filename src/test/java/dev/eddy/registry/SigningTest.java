package dev.eddy.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {
  private static final Instant NOW = Instant.ofEpochMilli(5_000);
  private static final ModelArtifact ARTIFACT = ArtifactFixture.artifact(ModelVersion.of(1), 100);

  @TempDir Path folder;
  private SigningKey key;

  @BeforeEach
  void generate() throws IOException {
    SigningKey.generate(folder);
    key = SigningKey.read(folder.resolve(SigningKey.PRIVATE_FILE));
  }

  @Test
  void keepsThePrivateKeyToItsOwnerAndOverwritesNone() throws IOException {
    Path secret = folder.resolve(SigningKey.PRIVATE_FILE);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(secret)).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThatThrownBy(() -> SigningKey.generate(folder)).isInstanceOf(IOException.class);
  }

  @Test
  void believesASignedModelThatTravelledAsAZip() {
    ModelArtifact travelled = ModelArtifact.fromZip(ARTIFACT.signedBy(key).toZip());

    assertThatCode(() -> policy(null).requireTrusted(travelled, NOW)).doesNotThrowAnyException();
    assertThat(travelled.parts()).containsOnlyKeys("encoder.json", "vae.safetensors");
  }

  @Test
  void refusesAnUnsignedModelAndOneOfAnotherKey() throws IOException {
    Path other = folder.resolve("other");
    SigningKey.generate(other);
    SigningKey stranger = SigningKey.read(other.resolve(SigningKey.PRIVATE_FILE));

    assertThatThrownBy(() -> policy(null).requireTrusted(ARTIFACT, NOW))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("v000001 must be signed, for registry.publicKeys are set, but is not");
    assertThatThrownBy(() -> policy(null).requireTrusted(ARTIFACT.signedBy(stranger), NOW))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("v000001 must be signed by one of registry.publicKeys, but is not");
  }

  @Test
  void refusesASignatureThatWasMadeForAnotherManifest() {
    ModelArtifact other = ArtifactFixture.artifact(ModelVersion.of(2), 100).signedBy(key);
    byte[] signature = other.signature();

    ModelArtifact moved =
        ModelArtifact.verified(ARTIFACT.manifestJson(), new TreeMap<>(ARTIFACT.parts()), signature);

    assertThat(moved.isSigned()).isTrue();
    assertThat(moved.isConfirmedBy(keys())).isFalse();
  }

  @Test
  void refusesASignedModelThatIsOlderThanAllowed() {
    ModelArtifact signed = ARTIFACT.signedBy(key); // made at 1,000

    assertThatCode(() -> policy(Duration.ofSeconds(4)).requireTrusted(signed, NOW))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> policy(Duration.ofMillis(3_999)).requireTrusted(signed, NOW))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage("v000001 must be younger than registry.maximumAge, PT3.999S, got PT4S");
  }

  @Test
  void asksForNothingWithoutKeys() {
    assertThatCode(() -> RegistryPolicy.DEFAULT.requireTrusted(ARTIFACT, NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void saysWhichFileHoldsNoKey() throws IOException {
    Path file = folder.resolve("no.pub");
    Files.write(file, "nothing".getBytes(UTF_8));

    assertThatThrownBy(() -> TrustedKeys.read(List.of(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("public key must be an Ed25519 key in PEM, got " + file);
  }

  private TrustedKeys keys() {
    return TrustedKeys.read(List.of(folder.resolve(SigningKey.PUBLIC_FILE)));
  }

  private RegistryPolicy policy(@Nullable Duration maximumAge) {
    return new RegistryPolicy(50, Duration.ofDays(90), null, keys(), maximumAge);
  }
}

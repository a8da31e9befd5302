package dev.eddy.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Artifacts for tests of what carries them; their files mean nothing. */
public final class ArtifactFixture {
  private ArtifactFixture() {}

  /** Makes a manifest without parts. */
  public static Manifest manifest(ModelVersion version) {
    return new Manifest(
        version,
        "network",
        "ensemble",
        1_000L,
        null,
        "definition",
        "encoder",
        new TreeMap<>(Map.of("auprc", 0.5)),
        new TreeMap<>(Map.of("connections-0", "0 to 99")),
        List.of("first"),
        List.of("dos"),
        7L,
        "0.1.0",
        new TreeMap<>());
  }

  /** Makes an artifact with a file of that many bytes that do not compress. */
  public static ModelArtifact artifact(ModelVersion version, int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return ModelArtifact.of(
        manifest(version),
        Map.of("encoder.json", new byte[] {'{', '}'}, "vae.safetensors", content));
  }

  /** Makes the same detector again, with a generator. */
  public static ModelArtifact withGenerator(ModelVersion version, ModelArtifact detector) {
    Map<String, byte[]> parts = new TreeMap<>(detector.parts());
    parts.put("generator.json", version.value().getBytes(US_ASCII));
    parts.put("curves.json", version.value().getBytes(US_ASCII));
    Manifest of = detector.manifest();
    return ModelArtifact.of(
        new Manifest(
            version,
            of.stream(),
            of.family(),
            of.createdAt(),
            of.version(),
            of.definitionDigest(),
            of.encoderDigest(),
            of.metrics(),
            of.trainedOn(),
            List.of("the detector of %s, with a generator".formatted(of.version())),
            of.classes(),
            of.seed(),
            of.codeVersion(),
            new TreeMap<>()),
        parts);
  }
}

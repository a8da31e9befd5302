package dev.eddy.registry;

import dev.eddy.augmentation.GeneratorModel;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Encoder;
import dev.eddy.scoring.DetectionModel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one version consists of, ready to be opened.
 *
 * @param manifest what it is
 * @param detection the ensemble that scores
 * @param generator the generator; null when there were too few labelled rows to train one
 */
public record TrainedModel(
    Manifest manifest, DetectionModel detection, @Nullable GeneratorModel generator) {

  /** Name of the encoder's file. */
  public static final String ENCODER = "encoder.json";

  /** Name of the file by which an artifact shows that it has a generator. */
  private static final String GENERATOR = "generator.json";

  /** What the names of the generator's files begin with. */
  private static final String GENERATORS = "generator.";

  /** Name of the file of learning curves, which tell of detector and generator. */
  public static final String CURVES = "curves.json";

  /**
   * Opens an artifact for a stream.
   *
   * @throws ModelLoadException if it was made for another definition or a part cannot be read
   */
  public static TrainedModel fromArtifact(StreamDefinition definition, ModelArtifact artifact) {
    Manifest manifest = artifact.manifest();
    requireMadeFor(definition, manifest);
    Map<String, byte[]> parts = artifact.parts();
    byte[] encoderJson = parts.get(ENCODER);
    if (encoderJson == null) {
      throw new ModelLoadException(manifest.version() + " must hold encoder.json, got none");
    }
    if (!Sha256.of(encoderJson).equals(manifest.encoderDigest())) {
      throw new ModelLoadException(
          manifest.version() + " must hold the encoder that its manifest names");
    }
    try {
      Encoder encoder = Encoder.fromJson(definition, encoderJson);
      DetectionModel detection = DetectionModel.fromParts(encoder, parts);
      GeneratorModel generator =
          parts.containsKey(GENERATOR) ? GeneratorModel.fromParts(definition, parts) : null;
      return new TrainedModel(manifest, detection, generator);
    } catch (RuntimeException e) { // whatever a foreign file makes a reader throw
      throw new ModelLoadException(manifest.version() + " must have readable parts", e);
    }
  }

  private static void requireMadeFor(StreamDefinition definition, Manifest manifest) {
    if (!manifest.stream().equals(definition.name())) {
      throw new ModelLoadException(
          "%s must be a model of stream %s, got one of %s"
              .formatted(manifest.version(), definition.name(), manifest.stream()));
    }
    String digest = definition.featureDigest();
    if (!manifest.definitionDigest().equals(digest)) {
      throw new ModelLoadException(
          "%s must be trained on the features and context of the definition (digest %s), got %s"
              .formatted(manifest.version(), digest, manifest.definitionDigest()));
    }
  }

  /** Returns the digests of the files that the detector consists of, and of what belongs to it. */
  static Map<String, String> detector(Manifest manifest) {
    Map<String, String> digests = new HashMap<>(manifest.parts());
    digests.keySet().removeIf(name -> name.startsWith(GENERATORS) || name.equals(CURVES));
    return digests;
  }

  /** Returns the digests of the generator's files; none without one. */
  static Map<String, String> generator(Manifest manifest) {
    Map<String, String> digests = new HashMap<>(manifest.parts());
    digests.keySet().removeIf(name -> !name.startsWith(GENERATORS));
    return digests;
  }

  /**
   * Puts a detector and a generator into an artifact; the encoder's and the files' digests are
   * filled in.
   *
   * @param manifest all but {@code encoderDigest} and {@code parts}
   */
  public static ModelArtifact toArtifact(
      Manifest manifest, DetectionModel detection, @Nullable GeneratorModel generator) {
    Map<String, byte[]> parts = new HashMap<>(detection.parts());
    byte[] encoderJson = detection.encoder().toJson();
    parts.put(ENCODER, encoderJson);
    if (generator != null) {
      parts.putAll(generator.parts());
    }
    return ModelArtifact.of(manifest.withEncoder(Sha256.of(encoderJson)), parts);
  }
}

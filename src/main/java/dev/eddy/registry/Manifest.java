package dev.eddy.registry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model is and where it came from.
 *
 * @param stream the stream that it was trained for
 * @param family kind of model, {@code ensemble}
 * @param createdAt milliseconds since the epoch
 * @param parent the champion that it was measured against; null for the first
 * @param definitionDigest {@code featureDigest} of the stream definition
 * @param encoderDigest sha256 of encoder.json
 * @param metrics figures on held-out data, by name; finite
 * @param trainedOn first and last offset by topic-partition, and counts, in words a person can read
 * @param notes what happened in training that a reader should know: the gate's verdict with its
 *     reasons, why there is no generator
 * @param classes classes that its generator can make; empty when it has none
 * @param seed where the randomness of its training started
 * @param codeVersion Eddy's version
 * @param parts sha256 of each file of the artifact, by name
 */
public record Manifest(
    ModelVersion version,
    String stream,
    String family,
    long createdAt,
    @Nullable ModelVersion parent,
    String definitionDigest,
    String encoderDigest,
    SortedMap<String, Double> metrics,
    SortedMap<String, String> trainedOn,
    List<String> notes,
    List<String> classes,
    long seed,
    String codeVersion,
    SortedMap<String, String> parts) {

  /** Copies the collections. */
  public Manifest {
    requireNonNull(version, "version");
    requireNonNull(stream, "stream");
    requireNonNull(family, "family");
    requireNonNull(definitionDigest, "definitionDigest");
    requireNonNull(encoderDigest, "encoderDigest");
    requireNonNull(codeVersion, "codeVersion");
    metrics = copy(metrics);
    trainedOn = copy(trainedOn);
    notes = List.copyOf(notes);
    classes = List.copyOf(classes);
    parts = copy(parts);
    metrics.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("metrics." + name + " must be finite, got " + value);
          }
        });
  }

  private static <V> SortedMap<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /**
   * Returns whether one of both is the other's detector again, with another generator: publishing
   * does not wait for the generator, so a detector that got one has two versions.
   */
  public boolean differsByGeneratorAlone(Manifest other) {
    boolean related = version.equals(other.parent) || other.version.equals(parent);
    return related
        && TrainedModel.detector(this).equals(TrainedModel.detector(other))
        && !TrainedModel.generator(this).equals(TrainedModel.generator(other));
  }

  /** Returns the same manifest over other files. */
  Manifest withParts(SortedMap<String, String> digests) {
    return new Manifest(
        version,
        stream,
        family,
        createdAt,
        parent,
        definitionDigest,
        encoderDigest,
        metrics,
        trainedOn,
        notes,
        classes,
        seed,
        codeVersion,
        digests);
  }

  /** Returns the same manifest with another encoder. */
  Manifest withEncoder(String digest) {
    return new Manifest(
        version,
        stream,
        family,
        createdAt,
        parent,
        definitionDigest,
        digest,
        metrics,
        trainedOn,
        notes,
        classes,
        seed,
        codeVersion,
        parts);
  }

  /**
   * Reads manifest.json; fields that this version does not know are passed over.
   *
   * @throws ModelLoadException if it is not a manifest
   */
  public static Manifest fromJson(byte[] json) {
    try {
      return requireNonNull(ManifestJson.MAPPER.readValue(json, Manifest.class), "manifest");
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new ModelLoadException("manifest.json must hold a manifest", e);
    }
  }

  /** Writes manifest.json, indented for people. The same manifest gives the same bytes. */
  public byte[] toJson() {
    return ManifestJson.write(this);
  }
}

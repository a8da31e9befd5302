package dev.eddy.registry;

import static java.util.Objects.requireNonNull;

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
 * @param definitionDigest sha256 of the stream definition
 * @param encoderDigest sha256 of encoder.json
 * @param metrics figures on held-out data, by name
 * @param trainedOn first and last offset by topic-partition, and counts, in words a person can read
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
    Map<String, Double> metrics,
    Map<String, String> trainedOn,
    List<String> classes,
    long seed,
    String codeVersion,
    SortedMap<String, String> parts) {

  /** Copies the collections. */
  public Manifest {
    requireNonNull(version, "version");
    requireNonNull(stream, "stream");
    metrics = Map.copyOf(metrics);
    trainedOn = Map.copyOf(trainedOn);
    classes = List.copyOf(classes);
    parts = new TreeMap<>(parts);
  }
}

package dev.eddy.scoring;

import dev.eddy.feature.Encoder;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import dev.eddy.model.WarmStart;
import dev.eddy.model.detector.DetectorNetworks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained ensemble: encoder, parts, calibration and fusion, all on the heap. Immutable; safe for
 * use by several threads, each of which opens a {@link Scorer} of its own.
 */
public final class DetectionModel {
  private final Encoder encoder;
  private final Standardizer standardizer;
  private final @Nullable DetectorNetworks networks;
  private final Map<DetectorFamily, TrainedDetector> detectors;
  private final Fusion fusion;
  private final Map<String, Double> figures;

  DetectionModel(
      Encoder encoder,
      Standardizer standardizer,
      @Nullable DetectorNetworks networks,
      Map<DetectorFamily, TrainedDetector> detectors,
      Fusion fusion,
      Map<String, Double> figures) {
    this.encoder = encoder;
    this.standardizer = standardizer;
    this.networks = networks;
    this.detectors = new LinkedHashMap<>(detectors);
    this.fusion = fusion;
    this.figures = Map.copyOf(figures);
  }

  /**
   * Reads a model from the files of its artifact.
   *
   * @throws IllegalArgumentException if a file is missing, cannot be read or does not fit the
   *     others
   */
  public static DetectionModel fromParts(Encoder encoder, Map<String, byte[]> parts) {
    return DetectionFiles.read(encoder, parts);
  }

  /** Returns the files of its artifact, by name; encoder.json is not among them. */
  public Map<String, byte[]> parts() {
    return DetectionFiles.write(standardizer, networks, detectors, fusion, figures);
  }

  /** Returns the columns that its networks read. */
  Columns columns() {
    return Columns.of(encoder, standardizer);
  }

  /** Returns its networks for a later training to begin with. */
  WarmStart start() {
    return networks == null
        ? WarmStart.NONE
        : new WarmStart(networks.vae().with(networks.gan().orElse(Tensors.EMPTY)));
  }

  /**
   * Returns what keeps this model's networks from going on from an earlier one's, for people:
   * columns that are new, and columns that are gone.
   */
  public List<String> changesFrom(DetectionModel earlier) {
    return columns().changesFrom(earlier.columns());
  }

  /** Returns the encoder that its rows come from. */
  public Encoder encoder() {
    return encoder;
  }

  /** Returns the names of the parts' scores. */
  public List<String> detectorNames() {
    return fusion.names();
  }

  /** Returns what its training was like, by name: rows trained on, held out, labelled. */
  public Map<String, Double> figures() {
    return figures;
  }

  /** Opens a scorer on a device; the caller closes it. */
  public Scorer open(ModelDevice device) {
    return open(device, DeviceListener.NONE);
  }

  /** Opens a scorer on a device, and says so when it leaves a failing GPU; the caller closes it. */
  public Scorer open(ModelDevice device, DeviceListener listener) {
    NetworkDetector opened =
        networks == null
            ? null
            : new NetworkDetector(networks.open(device, listener), fusion.names()::contains);
    List<Detector> classical =
        detectors.values().stream().map(each -> each.open(device, listener)).toList();
    return new EnsembleScorer(encoder, standardizer, opened, classical, fusion);
  }
}

package dev.eddy.scoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.feature.Encoder;
import dev.eddy.model.Tensors;
import dev.eddy.model.detector.DetectorNetworks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a detection model: networks and detectors as safetensors, the rest as JSON. */
final class DetectionFiles {
  private static final String CALIBRATION = "calibration.json";
  private static final String VAE = "vae.safetensors";
  private static final String GAN = "gan.safetensors";
  private static final int VERSION = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private DetectionFiles() {}

  /** What calibration.json holds. */
  record CalibrationFile(
      int version, Standardizer standardizer, Fusion fusion, Map<String, Double> figures) {}

  static Map<String, byte[]> write(
      Standardizer standardizer,
      @Nullable DetectorNetworks networks,
      Map<DetectorFamily, TrainedDetector> detectors,
      Fusion fusion,
      Map<String, Double> figures) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (networks != null) {
      files.put(VAE, networks.vae().toSafetensors());
      networks.gan().ifPresent(gan -> files.put(GAN, gan.toSafetensors()));
    }
    detectors.forEach(
        (family, detector) -> files.put(family.file(), detector.tensors().toSafetensors()));
    try {
      files.put(
          CALIBRATION,
          JSON.writeValueAsBytes(
              new CalibrationFile(VERSION, standardizer, fusion, new TreeMap<>(figures))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static DetectionModel read(Encoder encoder, Map<String, byte[]> files) {
    CalibrationFile calibration = readCalibration(files);
    if (calibration.standardizer().width() != encoder.width()) {
      throw new IllegalArgumentException(
          "%s must be for rows of width %d, got %d"
              .formatted(CALIBRATION, encoder.width(), calibration.standardizer().width()));
    }
    byte[] vae = files.get(VAE);
    DetectorNetworks networks =
        vae == null
            ? null
            : DetectorNetworks.of(
                Tensors.fromSafetensors(vae),
                Optional.ofNullable(files.get(GAN)).map(Tensors::fromSafetensors));
    Map<DetectorFamily, TrainedDetector> detectors = new LinkedHashMap<>();
    for (DetectorFamily family : DetectorFamilies.ALL) {
      byte[] file = files.get(family.file());
      if (file != null) {
        detectors.put(family, family.read(Tensors.fromSafetensors(file)));
      }
    }
    return new DetectionModel(
        encoder,
        calibration.standardizer(),
        networks,
        detectors,
        calibration.fusion(),
        calibration.figures());
  }

  private static CalibrationFile readCalibration(Map<String, byte[]> files) {
    byte[] file = files.get(CALIBRATION);
    if (file == null) {
      throw new IllegalArgumentException(
          "model must hold %s, got %s".formatted(CALIBRATION, files.keySet()));
    }
    try {
      CalibrationFile calibration = JSON.readValue(file, CalibrationFile.class);
      if (calibration.version() != VERSION) {
        throw new IllegalArgumentException(
            "%s must have version %d, got %d"
                .formatted(CALIBRATION, VERSION, calibration.version()));
      }
      return calibration;
    } catch (IOException e) {
      throw new IllegalArgumentException(CALIBRATION + " must be readable", e);
    }
  }
}

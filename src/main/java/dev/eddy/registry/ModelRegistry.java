package dev.eddy.registry;

import dev.eddy.schema.ModelVerdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the models of one stream and says which one serves. Safe for use by several threads. */
public interface ModelRegistry extends AutoCloseable {

  /** Returns the manifests of all whole versions, oldest first. */
  List<Manifest> versions();

  /** Returns the version that serves, if there is one. */
  Optional<ModelVersion> champion();

  /**
   * Returns a version's artifact, verified against its manifest.
   *
   * @throws ModelLoadException if there is no such version, or it is not whole or was altered
   */
  ModelArtifact load(ModelVersion version);

  /** Stores an artifact. It is offered only when it is there as a whole. */
  void publish(ModelArtifact artifact);

  /** Notes what the gate said of a candidate; a later verdict on the same version replaces it. */
  void judged(ModelVerdict verdict);

  /** Returns what the gate said of each candidate, oldest first. */
  List<ModelVerdict> verdicts();

  /**
   * Makes a version serve.
   *
   * @throws ModelLoadException if there is no such whole version
   */
  void promote(ModelVersion version, String reason, String who);

  /**
   * Tells a listener which version serves: at once, when there is one, and whenever it changes. It
   * is told on the registry's own thread, one change after the other, and may {@link #load} there.
   */
  void onChampion(Consumer<ModelVersion> listener);

  /** Stops reading; listeners hear nothing more. Calling it again does nothing. */
  @Override
  void close();
}

package dev.eddy.registry;

import dev.eddy.definition.StreamDefinition.Gate.Promotion;
import dev.eddy.schema.ModelVerdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the models of one stream and says which one serves. Safe for use by several threads. */
public interface ModelRegistry extends AutoCloseable {

  /** Returns the manifests of all whole versions, oldest first. */
  List<Manifest> versions();

  /** Returns the version that serves, if there is one. */
  Optional<ModelVersion> champion();

  /** Returns the version that served before the champion, if there was one. */
  default Optional<ModelVersion> previous() {
    return Optional.empty();
  }

  /**
   * Returns a version's artifact, verified against its manifest. Any other failure than the one
   * below, such as a broker that does not answer, says nothing of the version.
   *
   * @throws ModelLoadException if there is no such version, or it is not whole, was altered, or is
   *     not to be believed
   */
  ModelArtifact load(ModelVersion version);

  /** Stores an artifact. It is offered only when it is there as a whole. */
  void publish(ModelArtifact artifact);

  /**
   * Stores an artifact and what the gate said of it. Where it may serve, it does from now on, or
   * waits for a person's approval. All of that is there, or nothing.
   */
  void publish(ModelArtifact artifact, ModelVerdict verdict, Promotion promotion);

  /** Notes what the gate said of a candidate; a later verdict on the same version replaces it. */
  void judged(ModelVerdict verdict);

  /** Returns what the gate said of each candidate, oldest first. */
  List<ModelVerdict> verdicts();

  /** Returns the version that won and waits for a person's approval, if one does. */
  default Optional<ModelVersion> waiting() {
    return Optional.empty();
  }

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

  /** Returns the version that scores beside the champion, unseen. */
  default Optional<ModelVersion> shadow() {
    return Optional.empty();
  }

  /**
   * Lets a version score beside the champion, unseen.
   *
   * @param version null: none any more
   * @throws ModelLoadException if there is no such whole version
   */
  void shadow(@Nullable ModelVersion version, String reason, String who);

  /**
   * Tells a listener which version is the shadow, whenever that changes; null: none any more. It is
   * told on the registry's own thread.
   */
  default void onShadow(Consumer<@Nullable ModelVersion> listener) {}

  /**
   * Tells a listener why the last promotion is not believed, which was written without a right
   * signature; null: it is again. It is told on the registry's own thread, and at once where there
   * is one.
   */
  default void onRefusal(Consumer<@Nullable String> listener) {}

  /** Stops reading; listeners hear nothing more. Calling it again does nothing. */
  @Override
  void close();
}

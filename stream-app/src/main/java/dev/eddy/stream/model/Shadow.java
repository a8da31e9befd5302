package dev.eddy.stream.model;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The version that scores beside the champion, unseen.
 *
 * @param version gives it; null while there is none
 * @param figures counts what it would have done
 */
public record Shadow(Supplier<@Nullable Champion> version, ShadowFigures figures) {
  /** Never a shadow. */
  public static final Shadow NONE = new Shadow(() -> null, new ShadowFigures());
}

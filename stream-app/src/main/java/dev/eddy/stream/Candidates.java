package dev.eddy.stream;

import dev.eddy.registry.ModelVersion;
import dev.eddy.stream.metrics.StreamMetrics;
import dev.eddy.stream.model.ShadowFigures;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Versions that could serve: the one that waits for approval, and the shadow. */
final class Candidates {
  private final Supplier<Optional<ModelVersion>> waiting;
  private final ShadowFigures shadow;

  Candidates(Supplier<Optional<ModelVersion>> waiting, ShadowFigures shadow) {
    this.waiting = waiting;
    this.shadow = shadow;
  }

  void show(StreamMetrics metrics) {
    metrics.waiting(() -> waiting.get().isPresent() ? 1 : 0);
    metrics.shadow(
        figure(ShadowFigures.Snapshot::records),
        figure(ShadowFigures.Snapshot::champion),
        figure(ShadowFigures.Snapshot::shadow),
        figure(ShadowFigures.Snapshot::disagreements));
  }

  private Supplier<Number> figure(ToDoubleFunction<ShadowFigures.Snapshot> value) {
    return () -> {
      ShadowFigures.Snapshot now = shadow.snapshot();
      return now == null ? 0 : value.applyAsDouble(now);
    };
  }

  StreamStatus.Candidates status() {
    return new StreamStatus.Candidates(
        waiting.get().map(ModelVersion::value).orElse(null), shadow.snapshot());
  }
}

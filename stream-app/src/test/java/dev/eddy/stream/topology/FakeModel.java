package dev.eddy.stream.topology;

import dev.eddy.feature.Encoder;
import dev.eddy.registry.ModelVersion;
import dev.eddy.stream.model.Champion;
import java.util.ArrayList;
import java.util.List;

/** A model of the tests: says how it was used. */
final class FakeModel {
  /** Rows with a first number beyond this cannot be scored. */
  static final float UNSCORABLE = 1e6f;

  private final ModelVersion version;
  private final Encoder encoder;
  private final List<Integer> batches = new ArrayList<>();
  private final List<float[]> rows = new ArrayList<>();
  private int open;
  private int explanations;
  private boolean broken;
  private boolean unopenable;

  FakeModel(int number, Encoder encoder) {
    this.version = ModelVersion.of(number);
    this.encoder = encoder;
  }

  Champion champion() {
    return new Champion(version, 0, 0, this::open, null);
  }

  private FakeScorer open() {
    if (unopenable) {
      throw new IllegalStateException("out of memory");
    }
    open++;
    return new FakeScorer(this);
  }

  void breakDown() {
    broken = true;
  }

  void cannotBeOpened() {
    unopenable = true;
  }

  boolean isBroken() {
    return broken;
  }

  void batch(int size) {
    batches.add(size);
  }

  void row(float[] row) {
    rows.add(row);
  }

  void explained() {
    explanations++;
  }

  void closed() {
    open--;
  }

  Encoder encoder() {
    return encoder;
  }

  String version() {
    return version.value();
  }

  List<Integer> batches() {
    return batches;
  }

  List<float[]> rows() {
    return rows;
  }

  int openScorers() {
    return open;
  }

  int explanations() {
    return explanations;
  }
}

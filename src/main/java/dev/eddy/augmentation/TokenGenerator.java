package dev.eddy.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Decodes what a {@link TokenSampler} draws, in bounded chunks. */
final class TokenGenerator implements Generator {
  private static final int CHUNK = 1_024;
  private static final int MOST_REDRAWS = 5;

  private final TokenEncoder encoder;
  private final List<String> classes;
  private final TokenSampler sampler;
  private final RowFingerprints fingerprints;
  private final GateReport gate;

  TokenGenerator(
      TokenEncoder encoder,
      List<String> classes,
      TokenSampler sampler,
      RowFingerprints fingerprints,
      GateReport gate) {
    this.encoder = encoder;
    this.classes = classes;
    this.sampler = sampler;
    this.fingerprints = fingerprints;
    this.gate = gate;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public List<SyntheticRow> generate(String labelClass, int rows, long seed) {
    int index = classes.indexOf(labelClass);
    if (index < 0) {
      throw new IllegalArgumentException(
          "class must be one of %s, got %s".formatted(classes, labelClass));
    }
    SplittableRandom random = new SplittableRandom(seed);
    GateReport.ClassReport measured = gate.classes().get(labelClass);
    boolean mends = measured != null && Copies.areRare(measured);
    List<SyntheticRow> generated = new ArrayList<>(rows);
    while (generated.size() < rows) {
      int chunk = Math.min(CHUNK, rows - generated.size());
      List<SyntheticRow> drawn = draw(index, labelClass, chunk, random);
      for (int redraw = 0; mends && redraw < MOST_REDRAWS; redraw++) {
        drawn.removeIf(fingerprints::contains);
        if (drawn.size() == chunk) {
          break;
        }
        drawn.addAll(draw(index, labelClass, chunk - drawn.size(), random));
      }
      generated.addAll(drawn);
    }
    return generated;
  }

  private List<SyntheticRow> draw(int index, String labelClass, int rows, SplittableRandom random) {
    List<SyntheticRow> drawn = new ArrayList<>(rows);
    for (int[] tokens : sampler.draw(index, rows, random)) {
      drawn.add(encoder.decode(tokens, labelClass, random));
    }
    return drawn;
  }

  @Override
  public void close() {
    sampler.close();
  }
}

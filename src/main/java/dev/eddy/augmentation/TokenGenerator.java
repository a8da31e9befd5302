package dev.eddy.augmentation;

import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decodes what a {@link TokenSampler} draws. Rows are drawn in chunks of {@value #CHUNK}, each with
 * a random generator of its own, whatever number is asked for: so the first rows of a request do
 * not depend on how many follow.
 */
final class TokenGenerator implements Generator {
  private static final int CHUNK = 256;
  private static final int MOST_REDRAWS = 5;

  private final TokenEncoder encoder;
  private final List<String> classes;
  private final TokenDraft draft;
  private final TokenSampler sampler;
  private final RowFingerprints fingerprints;
  private final GateReport gate;

  TokenGenerator(
      TokenEncoder encoder,
      List<String> classes,
      TokenDraft draft,
      RowFingerprints fingerprints,
      GateReport gate,
      ModelDevice device,
      DeviceListener listener) {
    this.encoder = encoder;
    this.classes = classes;
    this.draft = draft;
    this.sampler = new TokenSampler(draft, device, listener);
    this.fingerprints = fingerprints;
    this.gate = gate;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public List<SyntheticRow> generate(String labelClass, int rows, long seed) {
    int index = index(labelClass);
    GateReport.ClassReport measured = gate.classes().get(labelClass);
    boolean mends = measured != null && Copies.areRare(measured);
    List<SyntheticRow> generated = new ArrayList<>(rows);
    SplittableRandom chunks = new SplittableRandom(seed);
    while (generated.size() < rows) {
      SplittableRandom random = chunks.split();
      int wanted = Math.min(CHUNK, rows - generated.size());
      List<SyntheticRow> drawn = draw(index, labelClass, random);
      for (int redraw = 0; mends && redraw < MOST_REDRAWS; redraw++) {
        drawn.removeIf(fingerprints::contains);
        if (drawn.size() >= wanted) {
          break;
        }
        drawn.addAll(draw(index, labelClass, random));
      }
      generated.addAll(drawn.subList(0, wanted));
    }
    return generated;
  }

  private int index(String labelClass) {
    int index = classes.indexOf(labelClass);
    if (index < 0) {
      throw new IllegalArgumentException(
          "class must be one of %s, got %s".formatted(classes, labelClass));
    }
    return index;
  }

  private List<SyntheticRow> draw(int index, String labelClass, SplittableRandom random) {
    List<SyntheticRow> drawn = new ArrayList<>(CHUNK);
    for (int[] tokens : sampler.draw(index, CHUNK, random)) {
      drawn.add(encoder.decode(tokens, labelClass, random));
    }
    return drawn;
  }

  @Override
  public List<SyntheticRow> between(SyntheticRow from, SyntheticRow to, int steps, long seed) {
    VaeGenerator.Open space = sampler.latentSpace();
    if (space == null) {
      return Generator.super.between(from, to, steps, seed);
    }
    if (steps < 2) {
      throw new IllegalArgumentException("steps must be >= 2, got " + steps);
    }
    float[] start = latents(space, from);
    float[] end = latents(space, to);
    float[] points = new float[steps * start.length];
    int[] classOf = new int[steps];
    for (int step = 0; step < steps; step++) {
      float share = (float) step / (steps - 1);
      classOf[step] = index(share < 0.5f ? from.labelClass() : to.labelClass());
      for (int i = 0; i < start.length; i++) {
        points[step * start.length + i] = start[i] + share * (end[i] - start[i]);
      }
    }
    float[] logits = space.decode(points, classOf);
    SplittableRandom random = new SplittableRandom(seed);
    List<SyntheticRow> rows = new ArrayList<>(steps);
    for (int step = 0; step < steps; step++) {
      int[] tokens = draft.dependencies().expand(mostLikely(logits, step, classOf[step]));
      rows.add(encoder.decode(tokens, classes.get(classOf[step]), random));
    }
    return rows;
  }

  private float[] latents(VaeGenerator.Open space, SyntheticRow row) {
    int labelClass = index(row.labelClass());
    if (!draft.hasNetwork(labelClass)) {
      throw new IllegalArgumentException(
          "class must have the network to be gone through, got %s of the copula"
              .formatted(row.labelClass()));
    }
    int[] tokens = draft.dependencies().project(encoder.encode(row));
    return space.encode(new int[][] {tokens}, labelClass, draft.layout())[0];
  }

  private int[] mostLikely(float[] logits, int row, int labelClass) {
    TokenLayout layout = draft.layout();
    int[] tokens = new int[layout.columns().size()];
    for (int column = 0; column < tokens.length; column++) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int token = layout.offset(column); token < layout.offset(column + 1); token++) {
        float logit =
            logits[row * layout.width() + token]
                + draft.offsets()[labelClass * layout.width() + token];
        if (logit > largest) {
          largest = logit;
          tokens[column] = token - layout.offset(column);
        }
      }
    }
    return tokens;
  }

  @Override
  public void close() {
    sampler.close();
  }
}

package dev.eddy.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.Adam;
import dev.eddy.model.Batches;
import dev.eddy.model.Matrices;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Noise;
import dev.eddy.model.OneCycle;
import dev.eddy.model.Parameters;
import dev.eddy.model.Scale;
import dev.eddy.model.Tensors;
import dev.eddy.model.TrainingLoop;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.Trim;
import dev.eddy.model.WarmStart;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One training of one discriminator on one device. */
final class DiscriminatorTraining {
  private static final double PEAK_RATE = 2e-3;
  private static final double WARM_UP = 0.1;
  private static final int BATCH = 128;

  private final Discriminator.Rows rows;
  private final DiscriminatorSettings settings;
  private final DiscriminatorNetwork network;
  private final Noise noise;
  private final SplittableRandom random;
  private final Batches batches;
  private Trim trim;
  private final Matrices matrices = new Matrices();
  private final FeatureMatrix batch;
  private Map<String, Double> parts = Map.of();

  DiscriminatorTraining(Discriminator.Rows rows, DiscriminatorSettings settings, long seed) {
    this.rows = rows;
    this.settings = settings;
    this.network = new DiscriminatorNetwork("", rows.real().columns());
    this.noise = new Noise(seed);
    this.random = noise.random();
    this.batches = new Batches(rows.real().rows(), BATCH, random);
    this.trim = new Trim(settings.trim(), settings.steps());
    this.batch = new FeatureMatrix(rows.real().columns(), 3 * BATCH);
  }

  Tensors run(String name, ModelDevice device, TrainingTask task) {
    Tensors fresh = network.initial(random);
    Optional<Tensors> earlier = task.start().find(name, fresh);
    OneCycle cycle = new OneCycle(PEAK_RATE, settings.steps(), WARM_UP);
    if (earlier.isPresent()) {
      cycle = WarmStart.shortened(cycle);
      trim = Trim.always(settings.trim());
    }
    return TrainingLoop.minimise(
        name,
        earlier.orElse(fresh),
        Adam.Settings.adamW(settings.weightDecay()),
        cycle,
        device,
        task,
        this::loss,
        () -> parts);
  }

  /** One pass over real rows and all kinds of fakes together, each kind with its own weight. */
  private NDArray loss(Parameters parameters, NDManager call, int step) {
    batch.clear();
    int real = appendReal();
    int noisy = settings.noiseWeight() > 0 ? appendNoisy(real) : 0;
    int generated = settings.generatedWeight() > 0 ? appendGenerated(real / 2) : 0;
    int anomalies = appendAnomalies(real / 2);
    NDArray logits =
        network
            .logits(
                matrices.toNative(call, batch),
                parameters,
                hidden -> noise.dropout(hidden, settings.dropout()))
            .squeeze(1);
    parts = balance(logits.toFloatArray(), real);
    NDArray loss = trim.mean(softplus(part(logits, 0, real)), step);
    int from = real;
    loss = add(loss, logits, from, noisy, settings.noiseWeight());
    from += noisy;
    loss = add(loss, logits, from, generated, settings.generatedWeight());
    from += generated;
    return add(loss, logits, from, anomalies, 1);
  }

  /** A logit above 0 says "anomalous". */
  private static Map<String, Double> balance(float[] logits, int real) {
    double realRight = 0;
    double fakeRight = 0;
    for (int row = 0; row < logits.length; row++) {
      if (row < real) {
        realRight += logits[row] <= 0 ? 1.0 / real : 0;
      } else {
        fakeRight += logits[row] > 0 ? 1.0 / (logits.length - real) : 0;
      }
    }
    return Map.of("realRight", realRight, "fakeRight", fakeRight);
  }

  /** Adds the weighted loss of rows that should be found anomalous. */
  private static NDArray add(NDArray loss, NDArray logits, int from, int rows, double weight) {
    return rows == 0
        ? loss
        : loss.add(Scale.by(softplus(part(logits, from, rows).neg()).mean(), (float) weight));
  }

  private static NDArray part(NDArray logits, int from, int rows) {
    return JniUtils.slice((PtNDArray) logits, 0, from, from + (long) rows, 1);
  }

  private static NDArray softplus(NDArray logits) {
    return JniUtils.softPlus((PtNDArray) logits);
  }

  private int appendReal() {
    int[] indices = batches.next();
    for (int index : indices) {
      copy(rows.real(), index, batch.append());
    }
    return indices.length;
  }

  /** Appends each real row of the batch with Gaussian noise of a deviation of its own. */
  private int appendNoisy(int real) {
    double low = Math.log(settings.lowNoise());
    double high = Math.log(settings.highNoise());
    for (int row = 0; row < real; row++) {
      int start = batch.append();
      double deviation = Math.exp(low + (high - low) * random.nextDouble());
      for (int i = 0; i < batch.columns(); i++) {
        batch.values()[start + i] = (float) (batch.get(row, i) + deviation * random.nextGaussian());
      }
    }
    return real;
  }

  private int appendGenerated(int count) {
    FeatureMatrix generated = rows.generated();
    if (generated.rows() == 0) {
      return 0;
    }
    for (int i = 0; i < count; i++) {
      copy(generated, random.nextInt(generated.rows()), batch.append());
    }
    return count;
  }

  /** Appends mixes of two labelled anomalies each, with a little noise: few labels, many rows. */
  private int appendAnomalies(int count) {
    FeatureMatrix anomalies = rows.anomalies();
    if (anomalies.rows() == 0) {
      return 0;
    }
    for (int row = 0; row < count; row++) {
      int first = random.nextInt(anomalies.rows());
      int second = random.nextInt(anomalies.rows());
      double share = random.nextDouble() / 2;
      int start = batch.append();
      for (int i = 0; i < batch.columns(); i++) {
        batch.values()[start + i] =
            (float)
                ((1 - share) * anomalies.get(first, i)
                    + share * anomalies.get(second, i)
                    + 0.1 * random.nextGaussian());
      }
    }
    return count;
  }

  private void copy(FeatureMatrix from, int row, int start) {
    System.arraycopy(from.values(), row * from.columns(), batch.values(), start, from.columns());
  }
}

package dev.eddy.scoring;

import dev.eddy.definition.Detection.Part;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How rare each cell's value is by itself: the sum over columns of -ln of the share of training
 * rows in the same of 20 equal bins, in nats. After HBOS (Goldstein and Dengel, KI 2012), on ASINH
 * rows. A value outside of the training range counts as half a row; so does any other value in a
 * column that was constant in training, which no other detector sees.
 */
final class HistogramDetector implements TrainedDetector {
  static final DetectorFamily FAMILY = new Family();

  private static final int BINS = 20;
  private static final float SAME = 1e-5f;

  private final float[] minima;
  private final float[] binsPerUnit;
  private final float[] surprise; // (column, BINS + 2): below the range, the bins, above it
  private final float[] constantColumns;
  private final float[] constantValues;
  private final float novelty;

  private HistogramDetector(
      float[] minima,
      float[] binsPerUnit,
      float[] surprise,
      float[] constantColumns,
      float[] constantValues,
      float novelty) {
    this.minima = minima;
    this.binsPerUnit = binsPerUnit;
    this.surprise = surprise;
    this.constantColumns = constantColumns;
    this.constantValues = constantValues;
    this.novelty = novelty;
  }

  @Override
  public List<String> scoreNames() {
    return List.of(Family.SCORE);
  }

  @Override
  public Detector open(ModelDevice device, DeviceListener listener) {
    return Detector.of(scoreNames(), input -> new double[][] {score(input)});
  }

  private double[] score(DetectorInput input) {
    int rows = input.rows();
    int columns = minima.length;
    float[] cells = input.asinh().values();
    double[] scores = new double[rows];
    for (int row = 0; row < rows; row++) {
      float sum = 0;
      for (int column = 0; column < columns; column++) {
        float place = (cells[row * columns + column] - minima[column]) * binsPerUnit[column];
        sum += surprise[column * (BINS + 2) + bin(place)];
      }
      scores[row] = sum;
    }
    addNovelties(input.linear(), scores);
    return scores;
  }

  private void addNovelties(FeatureMatrix linear, double[] scores) {
    for (int i = 0; i < constantColumns.length; i++) {
      int column = (int) constantColumns[i];
      float constant = constantValues[i];
      float tolerance = SAME * Math.max(1f, Math.abs(constant));
      for (int row = 0; row < scores.length; row++) {
        float cell = linear.values()[row * linear.columns() + column];
        scores[row] += Math.abs(cell - constant) > tolerance ? novelty : 0;
      }
    }
  }

  /** Returns 0 below the range, 1 to BINS inside, BINS + 1 above; the maximum is inside. */
  private static int bin(float place) {
    if (place < -SAME) {
      return 0;
    }
    if (place > BINS + SAME) {
      return BINS + 1;
    }
    return 1 + Math.min(BINS - 1, (int) place);
  }

  @Override
  public Tensors tensors() {
    return Tensors.of(
        Map.of(
            "minima", Tensor.of(minima, minima.length),
            "bins-per-unit", Tensor.of(binsPerUnit, binsPerUnit.length),
            "surprise", Tensor.of(surprise, minima.length, BINS + 2),
            "constant-columns", Tensor.of(constantColumns, constantColumns.length),
            "constant-values", Tensor.of(constantValues, constantValues.length),
            "novelty", Tensor.of(new float[] {novelty}, 1)));
  }

  private static final class Family implements DetectorFamily {
    private static final String SCORE = "histogram.density";

    @Override
    public Part part() {
      return Part.HISTOGRAM;
    }

    @Override
    public Map<String, Double> weights(Mode mode) {
      return Map.of(SCORE, 0.5);
    }

    @Override
    public Optional<TrainedDetector> train(TrainingRows training, Mode mode, long seed) {
      FeatureMatrix asinh = training.rows().asinh();
      int rows = asinh.rows();
      int columns = asinh.columns();
      float novelty = (float) -Math.log(0.5 / rows);
      float[] minima = new float[columns];
      float[] binsPerUnit = new float[columns];
      float[] surprise = new float[columns * (BINS + 2)];
      Arrays.fill(surprise, novelty);
      for (int column = 0; column < columns; column++) {
        float minimum = Float.POSITIVE_INFINITY;
        float maximum = Float.NEGATIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
          minimum = Math.min(minimum, asinh.get(row, column));
          maximum = Math.max(maximum, asinh.get(row, column));
        }
        minima[column] = minimum;
        binsPerUnit[column] = BINS / Math.max(maximum - minimum, 1e-6f);
        int[] counts = new int[BINS + 2];
        for (int row = 0; row < rows; row++) {
          counts[bin((asinh.get(row, column) - minimum) * binsPerUnit[column])]++;
        }
        for (int bin = 1; bin <= BINS; bin++) {
          surprise[column * (BINS + 2) + bin] =
              (float) -Math.log((counts[bin] + 0.5) / (rows + BINS / 2.0));
        }
      }
      FeatureMatrix linear = training.rows().linear();
      int[] constant = training.standardizer().constantColumns();
      float[] constantColumns = new float[constant.length];
      float[] constantValues = new float[constant.length];
      for (int i = 0; i < constant.length; i++) {
        constantColumns[i] = constant[i];
        constantValues[i] = linear.get(0, constant[i]);
      }
      return Optional.of(
          new HistogramDetector(
              minima, binsPerUnit, surprise, constantColumns, constantValues, novelty));
    }

    @Override
    public TrainedDetector read(Tensors tensors) {
      return new HistogramDetector(
          tensors.get("minima").values(),
          tensors.get("bins-per-unit").values(),
          tensors.get("surprise").values(),
          tensors.get("constant-columns").values(),
          tensors.get("constant-values").values(),
          tensors.get("novelty").get(0));
    }
  }
}

package dev.eddy.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.model.TrainingListener;
import dev.eddy.registry.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the losses of one training went, network by network, the generator's last; kept with the
 * version as {@value #FILE}. Written by the training thread, read by any.
 */
public final class LearningCurves implements TrainingListener {
  /** Name of its file in an artifact. */
  public static final String FILE = TrainedModel.CURVES;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_POINTS = 20_000;

  private final List<Point> points = new ArrayList<>();

  /**
   * How a network stood at one step.
   *
   * @param steps steps that will be done in all
   * @param loss of the last batch, in nats
   * @param parts ELBO parts, or how the discriminator is balanced
   */
  public record Point(
      String network, int step, int steps, double loss, SortedMap<String, Double> parts) {
    /** Copies the map. */
    public Point {
      parts = new TreeMap<>(parts);
    }
  }

  /** Forgets the last training. */
  synchronized void begin() {
    points.clear();
  }

  @Override
  public void progress(String network, int step, int steps, double loss) {
    progress(network, step, steps, loss, Map.of());
  }

  @Override
  public synchronized void progress(
      String network, int step, int steps, double loss, Map<String, Double> parts) {
    if (points.size() < MOST_POINTS) {
      points.add(new Point(network, step, steps, loss, new TreeMap<>(parts)));
    }
  }

  /** Returns all points of the training that runs or ran last, in order. */
  public synchronized List<Point> points() {
    return List.copyOf(points);
  }

  /** Returns the last point; null before the first. */
  public synchronized @Nullable Point last() {
    return points.isEmpty() ? null : points.get(points.size() - 1);
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(points());
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " must be writable", e);
    }
  }
}

package dev.eddy.scoring;

import dev.eddy.definition.Detection.Window;
import dev.eddy.feature.EncodedColumn;
import dev.eddy.feature.EncodedColumn.Kind;
import dev.eddy.model.vae.VaeWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Finds the columns that are one number's deviation and its lagged values. */
final class WindowColumns {
  private WindowColumns() {}

  /**
   * Returns the windows among the columns that are kept: a channel for each number of which the
   * deviation and all lags are.
   *
   * @return empty where there is none, or no network is to read one
   */
  static Optional<VaeWindow> of(
      Window kind, List<EncodedColumn> columns, Standardizer standardizer) {
    if (kind == Window.MLP) {
      return Optional.empty();
    }
    TreeMap<Integer, List<Integer>> byFeature = new TreeMap<>();
    for (int column = 0; column < columns.size(); column++) {
      if (columns.get(column).kind() == Kind.LAG) {
        byFeature
            .computeIfAbsent(columns.get(column).feature(), f -> new ArrayList<>())
            .add(column);
      }
    }
    List<List<Integer>> channels = new ArrayList<>();
    byFeature.forEach(
        (feature, lags) -> {
          List<Integer> linear = new ArrayList<>(List.of(deviation(columns, feature)));
          linear.addAll(lags);
          List<Integer> kept =
              linear.stream()
                  .map(column -> Arrays.binarySearch(standardizer.columns(), column))
                  .toList();
          if (kept.stream().allMatch(place -> place >= 0)) {
            channels.add(kept);
          }
        });
    return channels.isEmpty() ? Optional.empty() : Optional.of(new VaeWindow(kind, channels));
  }

  /** The deviation is the first number that the context makes of a feature. */
  private static int deviation(List<EncodedColumn> columns, int feature) {
    return IntStream.range(0, columns.size())
        .filter(column -> columns.get(column).feature() == feature)
        .filter(column -> columns.get(column).kind() == Kind.CONTEXT)
        .findFirst()
        .orElseThrow();
  }
}

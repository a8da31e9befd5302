package dev.eddy.drift;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.drift.Marginal.Column;
import dev.eddy.feature.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the stream looked like when a model was trained: the distribution of each feature, and of
 * the model's scores on rows that it was not trained on. It travels in the artifact as {@value
 * #FILE}. Immutable.
 */
public final class DriftReference {
  /** Name of its file in an artifact. */
  public static final String FILE = "reference.json";

  /** The name under which scores are compared; a feature may have it as well. */
  public static final String SCORE = "score";

  private static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final File file;

  /** What reference.json holds. */
  record File(int version, List<Marginal> features, Marginal score) {}

  private DriftReference(File file) {
    this.file = file;
  }

  /**
   * Describes a stream.
   *
   * @param rows an even sample of it, in the order of time
   * @param scores the model's, of rows that it was not trained on
   */
  public static DriftReference of(
      StreamDefinition definition, List<Observation> rows, double[] scores) {
    List<Marginal> features = columns(definition, rows).stream().map(Marginal::of).toList();
    return new DriftReference(new File(VERSION, features, Marginal.of(scores(scores))));
  }

  private static Column scores(double[] scores) {
    return new Column(SCORE, scores.clone(), new String[0]);
  }

  private static List<Column> columns(StreamDefinition definition, List<Observation> rows) {
    List<Column> columns = new ArrayList<>();
    List<Feature> numbers = definition.numbers();
    for (int number = 0; number < numbers.size(); number++) {
      int place = number;
      double[] values = rows.stream().mapToDouble(row -> row.event().number(place)).toArray();
      columns.add(new Column(numbers.get(number).name(), values, new String[0]));
    }
    List<Feature> categories = definition.categories();
    for (int category = 0; category < categories.size(); category++) {
      @Nullable String[] values = new String[rows.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = rows.get(row).event().category(category);
      }
      columns.add(new Column(categories.get(category).name(), new double[0], values));
    }
    return columns;
  }

  /**
   * Compares records with the reference.
   *
   * @param definition the one that the reference was made with
   * @param rows of the window, at least one
   * @param scores the same model's, of these rows
   * @return the scores first, then the features in the order of the reference
   */
  public List<Drift> compare(StreamDefinition definition, List<Observation> rows, double[] scores) {
    List<Column> columns = columns(definition, rows);
    return Stream.concat(
            Stream.of(file.score().compare(scores(scores)).asOfScores()),
            file.features().stream()
                .flatMap(
                    feature ->
                        columns.stream()
                            .filter(column -> column.name().equals(feature.name()))
                            .map(feature::compare)))
        .toList();
  }

  /** Writes reference.json. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " must be writable", e);
    }
  }

  /**
   * Reads reference.json.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static DriftReference fromJson(byte[] json) {
    try {
      File file = JSON.readValue(json, File.class);
      if (file.version() != VERSION || file.features() == null || file.score() == null) {
        throw new IllegalArgumentException(
            "%s must have version %d, got %d".formatted(FILE, VERSION, file.version()));
      }
      return new DriftReference(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(FILE + " must be readable", e);
    }
  }
}

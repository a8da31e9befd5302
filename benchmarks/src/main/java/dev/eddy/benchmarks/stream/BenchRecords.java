package dev.eddy.benchmarks.stream;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The benchmark's records: JSON objects of 32 numbers, about 440 bytes, made from a seed. Eight
 * hidden causes move all fields, so that there is a structure to learn; one record in a hundred
 * breaks it.
 */
final class BenchRecords {
  static final int FIELDS = 32;
  private static final int CAUSES = 8;
  private static final int ENTITIES = 64;

  private final SplittableRandom random;
  private final double[][] loadings = new double[FIELDS][CAUSES];
  private final StringBuilder text = new StringBuilder(512);
  private long sequence;

  BenchRecords(long seed) {
    random = new SplittableRandom(seed);
    for (double[] loading : loadings) {
      for (int i = 0; i < CAUSES; i++) {
        loading[i] = random.nextGaussian();
      }
    }
  }

  /**
   * Describes the stream: no context, so that all modes work on the same 32 features.
   *
   * @param name of the stream; its source topic is {@code source} whatever the name
   */
  static StreamDefinition definition(String name, String source) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < FIELDS; i++) {
      features.add(Feature.number(field(i)));
    }
    return StreamDefinition.of(
            name, new Source(source, Format.JSON, null, null, List.of()), features)
        .withContext(Context.NONE);
  }

  /** Returns the key of the next record: one of 64 entities. */
  byte[] nextKey() {
    return ("entity-" + sequence % ENTITIES).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the next record's value. */
  byte[] nextValue() {
    double[] causes = new double[CAUSES];
    for (int i = 0; i < CAUSES; i++) {
      causes[i] = random.nextGaussian();
    }
    boolean broken = random.nextInt(100) == 0;
    text.setLength(0);
    text.append('{');
    for (int i = 0; i < FIELDS; i++) {
      double value = 0.3 * random.nextGaussian() + (broken ? 3 * random.nextGaussian() : 0);
      for (int j = 0; j < CAUSES; j++) {
        value += loadings[i][j] * causes[j];
      }
      long thousandths = Math.round(value * 1000);
      text.append(i == 0 ? "\"" : ",\"")
          .append(field(i))
          .append("\":")
          .append(thousandths / 1000.0);
    }
    sequence++;
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String field(int index) {
    return index < 10 ? "field_0" + index : "field_" + index;
  }
}

package dev.eddy.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Columns whose token follows from the token of another column in every training record, as a code
 * follows from its name. They are looked up after generating, not learned: a network that draws
 * columns independently of each other, given its latent variables, would break them now and then.
 */
final class Dependencies {
  /** Records that could have broken the rule and did not. */
  private static final int FEWEST_WITNESSES = 50;

  /** The same among records that do not have the most frequent token. */
  private static final int FEWEST_MINORITY_WITNESSES = 20;

  private static final int LEARNED = -1;
  private static final int UNSEEN = -1;

  private final int[] sources; // column it follows from; LEARNED
  private final int[][] maps; // by column, then by token of its source; empty where learned
  private final int[] learned;

  private Dependencies(int[] sources, int[][] maps) {
    this.sources = sources;
    this.maps = maps;
    this.learned = IntStream.range(0, sources.length).filter(i -> sources[i] == LEARNED).toArray();
  }

  /** Finds them; a column that others follow from follows from none itself. */
  static Dependencies find(TokenRows rows) {
    int columns = rows.layout().columns().size();
    int[] sources = new int[columns];
    Arrays.fill(sources, LEARNED);
    int[][] maps = new int[columns][0];
    boolean[] needed = new boolean[columns];
    for (int column = columns - 1; column >= 0; column--) {
      for (int source = 0; source < columns && !needed[column]; source++) {
        if (source != column && sources[source] == LEARNED) {
          int[] map = map(rows, source, column);
          if (map.length > 0) {
            sources[column] = source;
            maps[column] = map;
            needed[source] = true;
            break;
          }
        }
      }
    }
    return new Dependencies(sources, maps);
  }

  /** Returns the token of a column for each token of its source; empty if it does not follow. */
  private static int[] map(TokenRows rows, int source, int column) {
    TokenColumn followed = rows.layout().columns().get(column);
    int[] map = new int[rows.layout().columns().get(source).tokens()];
    Arrays.fill(map, UNSEEN);
    int[] counts = new int[followed.tokens()];
    int[] witnesses = new int[followed.tokens()];
    for (int[][] some : rows.rows()) {
      for (int[] row : some) {
        int found = row[column];
        if (map[row[source]] == UNSEEN) {
          map[row[source]] = found;
        } else if (map[row[source]] == found) {
          witnesses[found]++;
        } else {
          return new int[0];
        }
        counts[found]++;
      }
    }
    int most = IntStream.range(0, counts.length).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);
    int all = Arrays.stream(witnesses).sum();
    boolean emitted = Arrays.stream(map).allMatch(t -> t != UNSEEN && followed.emits(t));
    return emitted && all >= FEWEST_WITNESSES && all - witnesses[most] >= FEWEST_MINORITY_WITNESSES
        ? map
        : new int[0];
  }

  static Dependencies read(JsonNode json) {
    int columns = json.size();
    int[] sources = new int[columns];
    int[][] maps = new int[columns][];
    for (int column = 0; column < columns; column++) {
      JsonNode node = json.get(column);
      sources[column] = node.path("follows").asInt(LEARNED);
      maps[column] = new int[node.path("tokens").size()];
      for (int token = 0; token < maps[column].length; token++) {
        maps[column][token] = node.path("tokens").get(token).asInt();
      }
      boolean known =
          sources[column] == LEARNED || (sources[column] >= 0 && sources[column] < columns);
      if (!known) {
        throw new IllegalArgumentException(
            "column must follow from one of %d, got %d".formatted(columns, sources[column]));
      }
    }
    return new Dependencies(sources, maps);
  }

  /** Writes what the column at this place follows from; nothing where it is learned. */
  void write(int column, ObjectNode json) {
    if (sources[column] != LEARNED) {
      json.put("follows", sources[column]);
      Arrays.stream(maps[column]).forEach(json.putArray("tokens")::add);
    }
  }

  /** Returns how many columns follow from another. */
  int count() {
    return sources.length - learned.length;
  }

  /** Returns the places of the columns that are learned, ascending. */
  int[] learned() {
    return learned.clone();
  }

  /** Returns the learned columns' tokens alone. */
  int[] project(int[] tokens) {
    int[] projected = new int[learned.length];
    for (int i = 0; i < learned.length; i++) {
      projected[i] = tokens[learned[i]];
    }
    return projected;
  }

  /** Returns the tokens of all columns. */
  int[] expand(int[] projected) {
    int[] tokens = new int[sources.length];
    for (int i = 0; i < learned.length; i++) {
      tokens[learned[i]] = projected[i];
    }
    for (int column = 0; column < tokens.length; column++) {
      if (sources[column] != LEARNED) {
        tokens[column] = maps[column][tokens[sources[column]]];
      }
    }
    return tokens;
  }
}

package dev.eddy.evaluation;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Two files of which the second is of the same kind as the first and follows it: what the first
 * tells of an entity is the past of its rows in the second, unless their times say otherwise.
 */
public record FollowedTable(LabelledTable first, LabelledTable second) {

  /**
   * Reads two files.
   *
   * @param request for the first
   * @param progress hears now and then how many rows of each were read
   * @throws dev.eddy.event.TableException if one cannot be read, or does not hold what was asked
   *     for
   */
  public static FollowedTable read(
      Path first, Path second, TableRequest request, LongConsumer progress) {
    TableReader reader = new TableReader(first, request, progress);
    LabelledTable table = reader.read();
    return new FollowedTable(table, reader.following(second, request.like(table)).read());
  }
}

package dev.eddy.cli.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * When which fault comes, drawn from a seed.
 *
 * <p>The recording starts with at least 60 s of calm. Episodes last 5 to 12 s and lie 45 to 110 s
 * apart. Kinds come in rounds, each kind once a round in random order, so that counts differ by one
 * at most. {@link Random} is specified to the bit: a seed gives the same schedule everywhere.
 *
 * @param episodes in order of time, not overlapping
 */
public record FaultSchedule(List<FaultEpisode> episodes) {

  private static final Duration CALM_START = Duration.ofSeconds(60);
  private static final Duration CALM_END = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(12);
  private static final Duration SMALLEST_GAP = Duration.ofSeconds(45);
  private static final Duration LARGEST_GAP = Duration.ofSeconds(110);

  /** Copies the episodes. */
  public FaultSchedule {
    episodes = List.copyOf(episodes);
  }

  /** A schedule without faults. */
  public static FaultSchedule none() {
    return new FaultSchedule(List.of());
  }

  /** Draws the schedule of a recording of the given length; a short one may have no episode. */
  public static FaultSchedule draw(long seed, Duration total) {
    Random random = new Random(seed);
    List<FaultKind> round = new ArrayList<>();
    List<FaultEpisode> episodes = new ArrayList<>();
    // The first gap is the rest of an ordinary one, so that the first fault's time varies too.
    Duration start = CALM_START.plus(between(random, Duration.ZERO, SMALLEST_GAP));
    while (true) {
      if (round.isEmpty()) {
        round.addAll(Arrays.asList(FaultKind.values()));
        Collections.shuffle(round, random);
      }
      FaultKind kind = round.remove(round.size() - 1);
      Duration length = between(random, SHORTEST, LONGEST);
      FaultEpisode episode = new FaultEpisode(episodes.size() + 1, kind, start, length);
      if (episode.end().plus(CALM_END).compareTo(total) > 0) {
        return new FaultSchedule(episodes);
      }
      episodes.add(episode);
      start = episode.end().plus(between(random, SMALLEST_GAP, LARGEST_GAP));
    }
  }

  private static Duration between(Random random, Duration least, Duration most) {
    int span = Math.toIntExact(most.minus(least).toMillis());
    return least.plusMillis(random.nextInt(span + 1));
  }
}

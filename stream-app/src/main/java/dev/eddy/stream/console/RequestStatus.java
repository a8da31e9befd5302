package dev.eddy.stream.console;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request for synthetic records. What its own record would say is null where that
 * is too old to be known.
 *
 * @param state {@code waiting}, {@code working}, {@code done}, {@code partly refused} or {@code
 *     refused}
 * @param rows records that were asked for
 * @param published records that were published so far
 * @param refused records that were refused so far
 * @param askedAt milliseconds since the epoch
 * @param model version that answered last
 * @param guidance how fixed values, rules or given records were honoured; null: there were none
 * @param reasons why records were refused
 * @param rejectedByRule candidates that broke each rule, where records were refused for it
 */
public record RequestStatus(
    String id,
    String state,
    @Nullable String labelClass,
    int rows,
    int published,
    int refused,
    @Nullable Long seed,
    @Nullable String who,
    @Nullable Long askedAt,
    Map<String, String> fixed,
    @Nullable String model,
    @Nullable String guidance,
    List<String> reasons,
    Map<String, Long> rejectedByRule) {

  /** Copies the collections. */
  public RequestStatus {
    fixed = Map.copyOf(fixed);
    reasons = List.copyOf(reasons);
    rejectedByRule = Map.copyOf(rejectedByRule);
  }
}

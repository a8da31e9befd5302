package dev.eddy.cli.models;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What would change for the people on call if another version served.
 *
 * @param appear alerts that only the second version raises
 * @param vanish alerts that only the first raises
 * @param changed alerts that both raise, with another severity
 * @param same alerts that both raise alike
 */
record AlertDiff(
    List<ReplayedAlert> appear, List<ReplayedAlert> vanish, List<Change> changed, int same) {

  /** One alert of both versions. */
  record Change(ReplayedAlert before, ReplayedAlert after) {}

  /**
   * Compares. Two alerts are one and the same where they are about the same entity and no further
   * apart than the cooldown: one version may see an excursion a few records before the other.
   */
  static AlertDiff of(List<ReplayedAlert> before, List<ReplayedAlert> after, Duration cooldown) {
    List<ReplayedAlert> appear = new ArrayList<>(after);
    List<ReplayedAlert> vanish = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    int same = 0;
    for (ReplayedAlert alert : before) {
      Optional<ReplayedAlert> partner =
          appear.stream()
              .filter(other -> other.entity().equals(alert.entity()))
              .filter(other -> apart(alert, other) <= cooldown.toMillis())
              .min(Comparator.comparingLong(other -> apart(alert, other)));
      partner.ifPresent(appear::remove);
      if (partner.isEmpty()) {
        vanish.add(alert);
      } else if (partner.get().severity() == alert.severity()) {
        same++;
      } else {
        changed.add(new Change(alert, partner.get()));
      }
    }
    return new AlertDiff(List.copyOf(appear), vanish, changed, same);
  }

  private static long apart(ReplayedAlert one, ReplayedAlert other) {
    return Math.abs(one.timestamp() - other.timestamp());
  }
}

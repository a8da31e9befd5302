package dev.eddy.stream.balance;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How many synthetic records bring classes to their shares. */
final class ClassBalance {
  private ClassBalance() {}

  /**
   * Returns, for each class below its share, how many records it needs so that all have their
   * shares of real and synthetic records together; never more than the cap allows.
   *
   * @param targets class to its share, in (0, 1), together below 1
   * @param real class to its real records, all classes
   * @param cap most synthetic records for each real one
   */
  static Map<String, Long> wanted(Map<String, Double> targets, Map<String, Long> real, double cap) {
    Set<String> lacking = new TreeSet<>(targets.keySet());
    long all = real.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> wanted = new TreeMap<>();
    boolean settled = false;
    while (!settled) {
      wanted.clear();
      double others = all;
      double shares = 0;
      for (String name : lacking) {
        others -= real.getOrDefault(name, 0L);
        shares += targets.getOrDefault(name, 0.0);
      }
      double total = others / (1 - shares); // once the lacking classes have their shares
      settled = true;
      for (String name : Set.copyOf(lacking)) {
        long found = real.getOrDefault(name, 0L);
        double needed = targets.getOrDefault(name, 0.0) * total - found;
        if (needed <= 0) {
          lacking.remove(name); // it has its share: the others are reckoned without it
          settled = false;
        } else {
          wanted.put(name, (long) Math.min(needed, cap * found));
        }
      }
    }
    return wanted;
  }
}

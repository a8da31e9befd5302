package dev.eddy.trainer.collection;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a manifest says which offsets of a partition a model was trained on. */
public final class TrainedOffsets {
  private static final Pattern TEXT = Pattern.compile("offsets (-?\\d{1,18}) to (-?\\d{1,18})");

  private TrainedOffsets() {}

  static String text(long first, long last) {
    return "offsets %d to %d".formatted(first, last);
  }

  /** Reads the last offset of each partition of a topic from {@code trainedOn} of a manifest. */
  public static Map<Integer, Long> last(Map<String, String> trainedOn, String topic) {
    Map<Integer, Long> last = new HashMap<>();
    trainedOn.forEach(
        (name, text) -> {
          Matcher offsets = TEXT.matcher(text);
          String partition =
              name.startsWith(topic + "-") ? name.substring(topic.length() + 1) : "none";
          if (offsets.matches() && partition.matches("\\d{1,9}")) {
            last.put(Integer.parseInt(partition), Long.parseLong(offsets.group(2)));
          }
        });
    return last;
  }
}

package dev.eddy.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.definition.Constraint;
import dev.eddy.definition.StreamDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which values the training records have together, for each rule that asks for it: 64-bit hashes of
 * those combinations that at least {@value CategoryColumn#RARE_ROWS} records have. A rarer one
 * would be those records' own. Immutable.
 */
final class SeenCombinations {
  static final SeenCombinations NONE = new SeenCombinations(Map.of());

  private final Map<String, long[]> byRule;

  private SeenCombinations(Map<String, long[]> byRule) {
    this.byRule = byRule;
  }

  /** Looks at the training records for each rule of the definition. */
  static SeenCombinations of(StreamDefinition definition, List<SyntheticRow> rows) {
    Map<String, long[]> byRule = new TreeMap<>();
    RowFields fields = new RowFields(definition);
    for (Constraint constraint : definition.augmentation().constraints()) {
      if (constraint instanceof Constraint.Combination combination) {
        Map<Long, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(hash(fields, combination, row), 1, Integer::sum));
        byRule.put(
            combination.rule(),
            counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= CategoryColumn.RARE_ROWS)
                .mapToLong(Map.Entry::getKey)
                .sorted()
                .toArray());
      }
    }
    return new SeenCombinations(byRule);
  }

  static SeenCombinations read(@Nullable JsonNode json) throws IOException {
    Map<String, long[]> byRule = new TreeMap<>();
    if (json != null) {
      for (Map.Entry<String, JsonNode> rule : json.properties()) {
        ByteBuffer bytes = ByteBuffer.wrap(rule.getValue().binaryValue());
        long[] hashes = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(hashes);
        byRule.put(rule.getKey(), hashes);
      }
    }
    return new SeenCombinations(byRule);
  }

  void write(ObjectNode json) {
    byRule.forEach(
        (rule, hashes) -> {
          ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * hashes.length);
          bytes.asLongBuffer().put(hashes);
          json.put(rule, bytes.array());
        });
  }

  /** Returns whether training looked at the fields of this rule. */
  boolean knows(Constraint.Combination combination) {
    return byRule.containsKey(combination.rule());
  }

  /** Returns whether enough training records have these values together. */
  boolean contains(RowFields fields, Constraint.Combination combination, SyntheticRow row) {
    long[] hashes = byRule.getOrDefault(combination.rule(), new long[0]);
    return Arrays.binarySearch(hashes, hash(fields, combination, row)) >= 0;
  }

  private static long hash(RowFields fields, Constraint.Combination combination, SyntheticRow row) {
    long hash = combination.fields().size();
    for (String field : combination.fields()) {
      hash = RowFingerprints.mix(hash ^ RowFingerprints.hash(fields.text(row, field)));
    }
    return hash;
  }
}

package dev.eddy.stream.alert;

import dev.eddy.scoring.Contribution;
import dev.eddy.scoring.Explanation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sentence that the engineer on call reads first: {@code host-1: disk_write_bytes is
 * 81,200,000, expected 210,000 (normal from 1,300,000); load1 is 7.1, expected 0.9}. Where no
 * change of one field alone makes the record normal, it says so.
 */
final class AlertSummary {
  private static final int FIELDS = 3;

  /** Fields below this share are noise beside the first. */
  private static final double LEAST_SHARE = 0.1;

  /** Explains a score below the threshold. */
  static final String TOGETHER =
      " (not by this record alone: the last ones of this entity are unusual together)";

  private static final String NO_SINGLE_CHANGE = "; no change of one field makes it normal";

  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  private AlertSummary() {}

  /** Names the fields that count most, with what was found and what was expected. */
  static String of(String entity, Explanation explanation) {
    List<Contribution> contributions = explanation.contributions();
    if (contributions.isEmpty()) {
      return entity + ": unusual, but no single field says why";
    }
    Contribution first = contributions.get(0);
    String fields =
        contributions.stream()
            .filter(c -> c.equals(first) || c.contribution() >= LEAST_SHARE)
            .limit(FIELDS)
            .map(AlertSummary::clause)
            .collect(Collectors.joining("; ", entity + ": ", ""));
    boolean hopeless = !explanation.isNormal() && !explanation.isMendable();
    return hopeless ? fields + NO_SINGLE_CHANGE : fields;
  }

  private static String clause(Contribution contribution) {
    String clause = contribution.feature() + " is " + readable(contribution.value());
    String expected = contribution.expected();
    String normal = contribution.normal();
    if (expected != null) {
      clause += ", expected " + readable(expected);
    }
    boolean tells = normal != null && !normal.equals(expected);
    return tells ? clause + " (normal from " + readable(normal) + ")" : clause;
  }

  /** Three significant digits and grouped thousands; what is not a number stays as it is. */
  private static String readable(@Nullable String value) {
    if (value == null) {
      return "missing";
    }
    BigDecimal number;
    try {
      number = new BigDecimal(value);
    } catch (NumberFormatException e) {
      return value;
    }
    double magnitude = Math.abs(number.doubleValue());
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e15)) {
      return number.round(DIGITS).toString();
    }
    var format = new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return format.format(number.round(DIGITS));
  }
}
